"""A little room kept back, so that on a full disk one can still delete, and still take in what the server has named."""

import contextlib
import os
from pathlib import Path

from field_app.vault.files import PRIVATE

RESERVE_BYTES = 256 * 1024


class Reserve:
    """A file of zeros beside the store, given up when there is no room and made again when there is."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name("data.reserve")
        self.refill()

    def give_up(self) -> bool:
        """Let go of the room; False if it was gone already."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True

    def refill(self) -> bool:
        """Keep room back again, if there is some; a disk that has none is no error here, only told."""
        if self._is_whole():
            return True
        with contextlib.suppress(OSError):
            fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
            try:
                self._fill(fd)
            finally:
                os.close(fd)

        return self._is_whole()

    def _is_whole(self) -> bool:
        return self._path.exists() and self._path.stat().st_size == RESERVE_BYTES

    def _fill(self, fd: int) -> None:
        try:
            rest = memoryview(bytes(RESERVE_BYTES))
            while rest:
                rest = rest[os.write(fd, rest) :]
        except OSError:
            self._path.unlink(missing_ok=True)  # a reserve that is not whole is in the way
