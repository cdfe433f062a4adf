"""Doing something in a child that may die of it."""

import os
import signal
import traceback
from collections.abc import Callable

ENDS_WITHIN_S = 600  # else the system ends it


def in_a_child(work: Callable[[], None]) -> int:
    """Run `work` in a fork of this process; give the exit status: 0 done, 1 an error, else what it died of."""
    child = os.fork()
    if child == 0:
        signal.alarm(ENDS_WITHIN_S)
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
