"""One process, one instance: the lock that keeps a second writer out of a store."""

import os
import sys
from pathlib import Path

from visit_core.errors import Locked

if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class StoreLock:
    """Held from opening to closing. `flock` also sees a second instance in this very process."""

    def __init__(self, path: Path) -> None:
        """Take the lock file at `path`, or raise Locked."""
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._fd)
        except OSError as refusal:
            os.close(self._fd)
            raise Locked() from refusal

    def release(self) -> None:
        """Let others in. The lock file stays: removing it would let two in at once."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
