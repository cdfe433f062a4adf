"""The device's store under a writer that is never warned.

The writer tells a *story*: act number n does the same to every database, so that a plain TinyDB in memory, told the
same acts, is what the store has to look like. After a crash the store is as it was after the last acknowledged act,
or after the one that was on its way; in between there is nothing.
"""
