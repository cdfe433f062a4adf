"""The developer's tools: an environment from a lock, and the checks that run in it.

- say          what the person reads while they wait
- pythons      which interpreters this machine really has
- stamps       how a finished environment is known
- environment  a folder of installed packages, made from one lock
- debian       what only the system can bring
- pip_at_hand  what to do on a machine without ensurepip or pip
- browser_at_hand  the browser the tests drive
- lock         the locks themselves, with hashes
- font         the typeface that a browser needs
- checks       everything that must hold before a change lands
- commands     the names on the command line

Standard library only: these files run before anything is installed.
"""
