"""The least a durable save can cost: append one KiB to a file and sync it."""

import os
from pathlib import Path


class RawAppend:
    """A file that grows by one KiB of noise a turn."""

    name = "raw"
    piece = os.urandom(1024)

    def __init__(self, folder: Path) -> None:
        """Begin a file in `folder`."""
        self._fd = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append(self) -> None:
        """Write one KiB and wait for the medium."""
        os.write(self._fd, self.piece)
        os.fsync(self._fd)

    def close(self) -> None:
        """Done."""
        os.close(self._fd)
