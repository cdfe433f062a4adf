"""Replacing a file so that a crash leaves the old bytes or the new ones, never a mixture."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from visit_core.errors import Failed, NoRoom, StoreError

if sys.platform != "win32":
    import fcntl

    _read_at = os.pread
else:

    def _read_at(fd: int, size: int, offset: int) -> bytes:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, size)


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PRIVATE = 0o600
_sync_data = getattr(os, "fdatasync", os.fsync)


class Disk:
    """The system's files as the vault uses them; the disk of a test may refuse at any step."""

    def write(self, fd: int, blob: memoryview) -> int:
        """Write some of `blob`; give how many bytes."""
        return os.write(fd, blob)

    def sync(self, fd: int) -> None:
        """Return only when the bytes are on the medium, and the file's length with them."""
        if sys.platform == "darwin" or sys.platform == "ios":
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)  # fsync would leave them in the drive's cache
        else:
            _sync_data(fd)

    def allocate(self, fd: int, offset: int, size: int) -> bool:
        """Set room aside behind the file's end, reading as zeros; False where that cannot be had."""
        if not hasattr(os, "posix_fallocate"):
            return False
        try:
            os.posix_fallocate(fd, offset, size)
        except OSError:
            return False
        return True

    def truncate(self, fd: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(fd, size)

    def read_at(self, fd: int, size: int, offset: int) -> bytes:
        """Up to `size` bytes from `offset`, wherever writing goes on."""
        return _read_at(fd, size, offset)

    def size(self, fd: int) -> int:
        """How long the file is."""
        return os.fstat(fd).st_size

    def rename(self, old: Path, new: Path) -> None:
        """Put `old` in the place of `new` in one step."""
        old.replace(new)


def replace_file(path: Path, blob: bytes | bytearray, disk: Disk) -> None:
    """Make `blob` the content of `path`, durably; NoRoom or Failed leave what was there."""
    replace_bit_by_bit(path, (blob,), disk)


def replace_bit_by_bit(path: Path, blobs: Iterable[bytes | bytearray], disk: Disk) -> None:
    """The same for content that is never in memory as a whole."""
    fresh = path.with_name(path.name + ".tmp")
    with as_store_errors(step="write"):
        try:
            _write_synced(fresh, blobs, disk)
            disk.rename(fresh, path)
        except (OSError, StoreError):
            fresh.unlink(missing_ok=True)
            raise
    with as_store_errors(step="folder", renamed=1):
        sync_folder(path.parent, disk)


def write_all(fd: int, blob: bytes | bytearray, disk: Disk) -> None:
    """Write `blob` from where the file stands; OSError may leave part of it."""
    rest = memoryview(blob)
    while rest:
        rest = rest[disk.write(fd, rest) :]


def sync_folder(folder: Path, disk: Disk) -> None:
    """Make the names in `folder` durable; Windows cannot be asked to."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        disk.sync(fd)
    finally:
        os.close(fd)


def _write_synced(path: Path, blobs: Iterable[bytes | bytearray], disk: Disk) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    try:
        for blob in blobs:
            write_all(fd, blob, disk)
        disk.sync(fd)
    finally:
        os.close(fd)


@contextlib.contextmanager
def as_store_errors(*, step: str, renamed: int = 0) -> Iterator[None]:
    """NoRoom or Failed instead of what the system says; `renamed`: nobody knows any more what a crash would leave."""
    try:
        yield
    except OSError as refusal:
        if refusal.errno in NO_ROOM and not renamed:
            raise NoRoom(step=step) from refusal
        raise Failed(step=step, errno=refusal.errno or 0, renamed=renamed) from refusal
