"""The bytes of photographs beside a backup's text: each sealed in a file of its own, which many backups share.

A backup's folder has a name for each file of its own, so that it is whole by itself wherever it is copied to; those of
one disk are one file (a hard link), so that each photograph lies there once, and goes with the last backup that has it.
What is shared was opened and held against its fingerprint before; what is damaged is written anew from the store.
"""

import filecmp
import hashlib
import hmac
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sync_server.care.sealing import seal, unseal
from visit_core.errors import Corrupt, WrongKey

PHOTOS = "photos"


class PhotoFolder:
    """The sealed photographs of one backup; `others` are folders of backups on the same disk, the latest first."""

    def __init__(self, folder: Path, key: bytes, others: Iterable[Path] = ()) -> None:
        self._folder, self._key = folder, key
        self._others = tuple(others)
        self._last = ("", b"")

    def keep(self, sha256: str, size: int, chunks: Callable[[], Iterator[bytes]]) -> None:
        """Have a photograph here: shared with another backup where one has it sound, else written."""
        path = self._folder / self._name(sha256, size)
        if path.exists():  # of another team, too
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sound = (other for other in self._others if self._is_sound(other / path.name, sha256, size))
        shared = next(sound, None)
        if shared is None or not share(shared / path.name, path):
            self._write(path, chunks())

    def content(self, sha256: str, size: int) -> bytes:
        """All of a photograph; Corrupt where it is not here, or is damaged."""
        name = self._name(sha256, size)
        if self._last[0] != name:
            self._last = (name, self._opened(self._folder / name, sha256, size))
        return self._last[1]

    def _is_sound(self, path: Path, sha256: str, size: int) -> bool:
        try:
            return path.exists() and len(self._opened(path, sha256, size)) == size
        except Corrupt:
            return False

    def _opened(self, path: Path, sha256: str, size: int) -> bytes:
        try:
            with path.open("rb") as file:
                content = b"".join(unseal(file, self._key).content)
        except (FileNotFoundError, Corrupt, WrongKey):
            raise Corrupt(why="backup_photos") from None
        if len(content) != size or hashlib.sha256(content).hexdigest() != sha256:
            raise Corrupt(why="backup_photos")
        return content

    def _write(self, path: Path, chunks: Iterator[bytes]) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            seal(file, self._key, {"photo": path.name}, chunks)
            file.flush()
            os.fsync(file.fileno())

    def _name(self, sha256: str, size: int) -> str:
        """Tells nobody without the key which photograph it is."""
        return hmac.new(self._key, f"field-visits photo {sha256} {size}".encode(), hashlib.sha256).hexdigest()


class NothingBeside:
    """For whoever wants the text alone."""

    def keep(self, sha256: str, size: int, chunks: Callable[[], Iterator[bytes]]) -> None:
        """Leave the bytes where they are."""

    def content(self, sha256: str, size: int) -> bytes:
        """There is none."""
        raise Corrupt(why="backup_photos")


def share(file: Path, name: Path) -> bool:
    """Let a file have one more name, whose entry is durable with its folder's; False where the disk cannot do that."""
    try:
        os.link(file, name)
    except OSError:  # another disk, or one without such names, or too many of them
        return False
    return True


def copy_photos(folder: Path, to: Path, others: Iterable[Path]) -> None:
    """The same photographs in another place, sharing what the backups there have to the byte."""
    to.mkdir(mode=0o700)
    there = tuple(others)
    for file in sorted(folder.iterdir()):
        same = (other / file.name for other in there if _is_same(file, other / file.name))
        twin = next(same, None)
        if twin is None or not share(twin, to / file.name):
            copy_file(file, to / file.name)


def copy_file(file: Path, to: Path) -> None:
    """The same bytes durably in another place."""
    shutil.copyfile(file, to)
    with to.open("rb") as copied:
        os.fsync(copied.fileno())


def _is_same(file: Path, other: Path) -> bool:
    return other.exists() and filecmp.cmp(file, other, shallow=False)
