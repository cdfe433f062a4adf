"""The app in a browser on the same machine: how to try it, and how a supervisor may work at a desk.

- overlay  what we put over Flet's web client: our page, our icon, our font
- guard    nobody but this machine is answered, and the browser is told to ask nobody else
- server   one process that listens on 127.0.0.1

None of it ships to a phone.
"""
