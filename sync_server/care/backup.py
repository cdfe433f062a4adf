"""One backup: everything at one moment, sealed, and tried out in a scratch store before it is called good.

The content is text (`store_sql.copying`), gzipped and sealed (`care.sealing`) under the store's key. Trying out means:
open it, make a store of it, hold that against every rule of `flaws`, and read out of it the very text that went in.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync_server.care.sealing import Label, Opened, seal, unseal
from sync_server.kept import Marks
from sync_server.keys import audit_key
from sync_server.store_sql.opening import open_store
from sync_server.store_sql.replacing import make_scratch
from sync_server.store_sql.store import SqlStore
from visit_core.errors import Corrupt, NotFound
from visit_core.stamp import instant

_GZIP = 31
_PART = 1 << 16


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying a backup out."""

    digest: str  # SHA-256 of the text in it
    counts: Mapping[str, int]
    made_at: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was tried out and is good."""

    path: Path
    made_ms: int
    tried: Tried
    marks: Marks


def make_backup(store: SqlStore, path: Path, key: bytes, now_ms: int) -> Backup:
    """Write and try out a backup, while the store goes on; there is no file of that name unless it is good."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    try:
        digest, marks = _write(store, part, key, now_ms)
        tried = try_out(part, key)
        if tried.digest != digest:
            raise Corrupt(why="backup_differs")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return Backup(path, now_ms, tried, marks)


def try_out(path: Path, key: bytes) -> Tried:
    """Make a scratch store of a backup and look at it closely; Corrupt if anything is wrong."""
    with tempfile.TemporaryDirectory(prefix="scratch", dir=path.parent) as folder:
        url, scratch_key = f"sqlite:///{Path(folder) / 'scratch.db'}", secrets.token_bytes(32)
        with _reading(path, key) as reader:
            make_scratch(url, scratch_key, reader.lines())
            made_at, digest, is_current = reader.made_at, reader.digest, reader.step
        with closing(open_store(url, scratch_key, audit_key(key))) as scratch:
            flaws = scratch.flaws()
            if flaws:
                raise Corrupt(why="backup", flaws=len(flaws), first=flaws[0])
            again, _ = scratch.copied(_digest_of)
            if is_current == again[1] and again[0] != digest:
                raise Corrupt(why="backup_differs")
            return Tried(digest, scratch.counts(), made_at)


def lines_in(path: Path, key: bytes) -> Iterator[str]:
    """The text of a backup, line by line."""
    with _reading(path, key) as reader:
        yield from reader.lines()


def copy_backup(path: Path, folder: Path) -> None:
    """The same file in a second folder, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{path.name}.part"
    try:
        shutil.copyfile(path, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(folder / path.name)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(folder)


def _write(store: SqlStore, part: Path, key: bytes, now_ms: int) -> tuple[str, Marks]:
    label: Label = {"format": 1, "made_at": instant(now_ms)}

    def write(lines: Iterator[str]) -> str:
        hashed = hashlib.sha256()
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            seal(file, key, label, _packed(_hashed(lines, hashed)))
            file.flush()
            os.fsync(file.fileno())
        return hashed.hexdigest()

    return store.copied(write)


@contextmanager
def _reading(path: Path, key: bytes) -> Iterator["_Reader"]:
    if not path.is_file():
        raise NotFound("not_found", field="file")
    with path.open("rb") as file:
        yield _Reader(unseal(file, key))


class _Reader:
    """A backup being read; `digest` and `step` are known once all of it was."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._hashed = hashlib.sha256()
        self.step = ""

    @property
    def made_at(self) -> str:
        return str(self._opened.label.get("made_at", ""))

    @property
    def digest(self) -> str:
        return self._hashed.hexdigest()

    def lines(self) -> Iterator[str]:
        for line in _unpacked(self._opened.content):
            self.step = self.step or line
            self._hashed.update(f"{line}\n".encode())
            yield line


def _digest_of(lines: Iterator[str]) -> tuple[str, str]:
    hashed, first = hashlib.sha256(), ""
    for line in lines:
        first = first or line
        hashed.update(f"{line}\n".encode())
    return hashed.hexdigest(), first


def _hashed(lines: Iterable[str], hashed: "hashlib._Hash") -> Iterator[bytes]:
    for line in lines:
        told = f"{line}\n".encode()
        hashed.update(told)
        yield told


def _packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for part in parts:
        yield packing.compress(part)
    yield packing.flush()


def _unpacked(parts: Iterable[bytes]) -> Iterator[str]:
    """Line by line; a bomb cannot fill the memory, since only we can seal one."""
    unpacking, held = zlib.decompressobj(_GZIP), b""
    for part in parts:
        held += unpacking.decompress(part)
        *whole, held = held.split(b"\n")
        yield from (line.decode() for line in whole)
    if held or not unpacking.eof:
        raise Corrupt(why="backup")


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
