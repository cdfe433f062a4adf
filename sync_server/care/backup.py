"""One backup: everything at one moment, sealed, and tried out in a scratch store before it is called good.

It is one file, or, made to share its photographs with other backups, a folder: the text in one file, each photograph in
another (`care.photographs`). The content is text (`store_sql.copying`), gzipped and sealed (`care.sealing`) under the
store's key. Trying out means: open it, make a store of it, hold that against every rule of `flaws`, and read out of it
the very text that went in.
"""

import hashlib
import os
import secrets
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync_server.care.photographs import PHOTOS, NothingBeside, PhotoFolder
from sync_server.care.placing import TEXT, photos_beside, put, settle, sync_folder, take_away
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

    @property
    def size(self) -> int:
        """How many bytes it has, shared or not."""
        return sum(file.stat().st_size for file in (*self.path.rglob("*"), self.path) if file.is_file())


def make_backup(store: SqlStore, path: Path, key: bytes, now_ms: int, *, shares: bool = False) -> Backup:
    """Write and try out a backup, while the store goes on; there is none of that name unless it is good.

    `shares`: its photographs with those of the backups beside it; it is a folder then.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    take_away(part)
    try:
        digest, marks = _write_apart(store, part, key, now_ms) if shares else _write(store, part, key, now_ms)
        tried = try_out(part, key)
        if tried.digest != digest:
            raise Corrupt(why="backup_differs")
        put(part, path)
    finally:
        take_away(part)
    sync_folder(path.parent)
    return Backup(path, now_ms, tried, marks)


def try_out(path: Path, key: bytes) -> Tried:
    """Make a scratch store of a backup and look at it closely; Corrupt if anything is wrong."""
    with tempfile.TemporaryDirectory(prefix="scratch", dir=path.parent) as folder:
        url, scratch_key = f"sqlite:///{Path(folder) / 'scratch.db'}", secrets.token_bytes(32)
        with _reading(path, key) as reader:
            make_scratch(url, scratch_key, reader.lines(), beside_of(path, key))
            made_at, digest, is_current = reader.made_at, reader.digest, reader.step
        with closing(open_store(url, scratch_key, audit_key(key))) as scratch:
            flaws = scratch.flaws()
            if flaws:
                raise Corrupt(why="backup", flaws=len(flaws), first=flaws[0])
            again, _ = scratch.copied(_digest_of, NothingBeside() if path.is_dir() else None)
            if is_current == again[1] and again[0] != digest:
                raise Corrupt(why="backup_differs")
            return Tried(digest, scratch.counts(), made_at)


def lines_in(path: Path, key: bytes) -> Iterator[str]:
    """The text of a backup, line by line."""
    with _reading(path, key) as reader:
        yield from reader.lines()


def beside_of(path: Path, key: bytes) -> PhotoFolder | None:
    """The photographs that lie beside a backup's text; None where they are in it."""
    return PhotoFolder(path / PHOTOS, key) if path.is_dir() else None


def _write_apart(store: SqlStore, part: Path, key: bytes, now_ms: int) -> tuple[str, Marks]:
    (part / PHOTOS).mkdir(mode=0o700, parents=True)
    beside = PhotoFolder(part / PHOTOS, key, photos_beside(part))
    written = _write(store, part / TEXT, key, now_ms, beside)
    settle(part)
    return written


def _write(
    store: SqlStore, part: Path, key: bytes, now_ms: int, beside: PhotoFolder | None = None
) -> tuple[str, Marks]:
    label: Label = {"format": 1, "made_at": instant(now_ms)}

    def write(lines: Iterator[str]) -> str:
        hashed = hashlib.sha256()
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            seal(file, key, label, _packed(_hashed(lines, hashed)))
            file.flush()
            os.fsync(file.fileno())
        return hashed.hexdigest()

    return store.copied(write, beside)


@contextmanager
def _reading(path: Path, key: bytes) -> Iterator["_Reader"]:
    text = path / TEXT if path.is_dir() else path
    if not text.is_file():
        raise NotFound("not_found", field="file")
    with text.open("rb") as file:
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
