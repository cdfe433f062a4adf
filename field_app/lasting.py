"""Tells Python's garbage collector what is here to stay, so that it does not look at all of it again and again.

One look at everything that a full store has in mind takes it a tenth of a second, in which no screen moves.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 2_000  # things; fewer are not worth it


def keep_all_so_far() -> None:
    """The program itself, once it is loaded, stays for as long as it runs."""
    gc.freeze()


@contextmanager
def made_to_last(things: int) -> Iterator[None]:
    """Make so many things that stay, without a look at any of them, now or later."""
    if things < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def let_go() -> None:
    """What was to stay may go: look at all of it once more."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
