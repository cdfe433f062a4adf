"""Replacing a file so that a crash leaves the old bytes or the new ones, never a mixture."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from visit_core.errors import Failed, NoRoom

if sys.platform != "win32":
    import fcntl

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
PRIVATE = 0o600


class Disk:
    """The system's files as the vault uses them; the disk of a test may refuse at any step."""

    def write(self, fd: int, blob: memoryview) -> int:
        """Write some of `blob`; give how many bytes."""
        return os.write(fd, blob)

    def sync(self, fd: int) -> None:
        """Return only when the bytes are on the medium."""
        if sys.platform == "darwin" or sys.platform == "ios":
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)  # fsync would leave them in the drive's cache
        else:
            os.fsync(fd)

    def rename(self, old: Path, new: Path) -> None:
        """Put `old` in the place of `new` in one step."""
        old.replace(new)


def replace_file(path: Path, blob: bytes, disk: Disk, *, keep_previous: bool = False) -> None:
    """Make `blob` the content of `path`, durably; NoRoom or Failed leave what was there."""
    fresh = path.with_name(path.name + ".tmp")
    with _as_store_errors(step="write"):
        try:
            _write_synced(fresh, blob, disk)
            if keep_previous and path.exists():
                _keep_previous(path, disk)
            disk.rename(fresh, path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
    with _as_store_errors(step="folder", renamed=1):
        sync_folder(path.parent, disk)


def sync_folder(folder: Path, disk: Disk) -> None:
    """Make the names in `folder` durable; Windows cannot be asked to."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        disk.sync(fd)
    finally:
        os.close(fd)


def previous_of(path: Path) -> Path:
    """Where the generation before is kept."""
    return path.with_name(path.name + ".prev")


def _write_synced(path: Path, blob: bytes, disk: Disk) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    try:
        rest = memoryview(blob)
        while rest:
            rest = rest[disk.write(fd, rest) :]
        disk.sync(fd)
    finally:
        os.close(fd)


def _keep_previous(path: Path, disk: Disk) -> None:
    """A hard link costs nothing and never leaves a moment without the file itself."""
    linked = path.with_name(path.name + ".link")
    linked.unlink(missing_ok=True)
    try:
        os.link(path, linked)
    except OSError as refusal:
        if refusal.errno in NO_ROOM:
            raise
        return  # a file system without links: no copy to go back to, nothing else is lost
    disk.rename(linked, previous_of(path))


@contextlib.contextmanager
def _as_store_errors(*, step: str, renamed: int = 0) -> Iterator[None]:
    try:
        yield
    except OSError as refusal:
        if refusal.errno in NO_ROOM and not renamed:
            raise NoRoom(step=step) from refusal
        raise Failed(step=step, errno=refusal.errno or 0, renamed=renamed) from refusal
