"""A folder in memory for what tests write and sync: thousands of syncs that wait for no disk.

What is proved does not hang on the disk: the steps of a save are counted and refused by disks of the tests' own, and
power is cut on file systems that a campaign mounts.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PLACE = Path("/dev/shm")  # noqa: S108 -- where Linux keeps files in memory
ROOM_MB = 2048  # four cores at once need about 600


@contextmanager
def folder_in_memory(environment: Mapping[str, str], place: Path = PLACE, room_mb: int = ROOM_MB) -> Iterator[str]:
    """A folder that is gone afterwards, for TMPDIR; "" where there is none with room, or where somebody chose one."""
    if "TMPDIR" in environment or not _is_fit(place, room_mb):
        yield ""
        return
    folder = tempfile.mkdtemp(prefix="visits-", dir=place)
    Path(folder).chmod(0o711)  # a PostgreSQL that root starts runs as nobody
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_fit(place: Path, room_mb: int) -> bool:
    """Whether there is room, and programs can be started from there."""
    if not place.is_dir() or not os.access(place, os.W_OK):
        return False
    told = os.statvfs(place)
    return told.f_bavail * told.f_frsize >= room_mb << 20 and not told.f_flag & os.ST_NOEXEC
