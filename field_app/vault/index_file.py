"""The index on disk: sealed layers of columns that spare a replay of the log. It may vanish at any time.

The file is a run of records, each `length u32 · nonce 12 · text and tag`, sealed under a key of its own and bound
to the log's file id and to its number in the run. A text is a line of JSON (up to where the log is covered, and
for each table its shape and the length of each column), then the columns as they lie in memory. Whatever does not
open, or does not fit the log, is left out, and the log is replayed from there. Little-endian machines only; others
do without.
"""

import contextlib
import json
import mmap
import os
import struct
import sys
from array import array
from collections.abc import Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from field_app.vault.columns import Columns, Entries, Numbers
from field_app.vault.files import PRIVATE, Disk, replace_file, write_all
from field_app.vault.frames import TAG_BYTES, Anchor, Header
from field_app.vault.replay import Cover

VERSION = 2
_LENGTH = struct.Struct("<I")
_NONCE_BYTES = 12
_LEAST_BYTES = _LENGTH.size + _NONCE_BYTES + TAG_BYTES
_BLOCK_BYTES = 16
_STEP = 256 * 1024
_LARGE = 4 * 1024 * 1024
_BYTES = ""  # a column that is copied, since it is sliced at every look
_FIELDS = (
    ("key_ends", "I"),
    ("key_text", _BYTES),
    ("sums", "I"),
    ("sum_rows", "I"),
    ("orders", "Q"),
    ("offsets", "Q"),
    ("seqs", "Q"),
    ("places", "I"),
    ("killed", "Q"),
)

Room = bytearray | mmap.mmap


class Layer(NamedTuple):
    """What one record holds: columns for the tables that changed, and the log's end they stand for."""

    cover: Cover
    tables: Mapping[str, Columns]


class IndexFile:
    """The index of one log."""

    def __init__(self, path: Path, header: Header, data_key: bytes, disk: Disk) -> None:
        info = b"visits/index" + header.file_id
        self.path, self._header, self._disk = path, header, disk
        self._key = HKDF(hashes.SHA256(), 32, salt=header.salt, info=info).derive(data_key)
        self.records = 0

    def read(self) -> list[Layer]:
        """The layers that can be read, oldest first."""
        layers: list[Layer] = []
        if sys.byteorder == "little":
            for text in self._texts():
                layers.append(_layer(text, self._header.generation))
        self.records = len(layers)
        return layers

    def add(self, layer: Layer) -> None:
        """Put one more layer on top; OSError leaves what was readable readable."""
        fd = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE)
        try:
            self._disk.truncate(fd, self._end())
            os.lseek(fd, 0, os.SEEK_END)
            write_all(fd, self._sealed(layer, self.records), self._disk)
        finally:
            os.close(fd)
        self.records += 1

    def replace(self, layer: Layer) -> None:
        """Make this layer the only one."""
        replace_file(self.path, self._sealed(layer, 0), self._disk)
        self.records = 1

    def forget(self) -> None:
        """Leave no file that says less than it should."""
        self.records = 0
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _texts(self) -> Iterator[Room]:
        try:
            with self.path.open("rb", buffering=0) as file:
                number, rest = 0, os.fstat(file.fileno()).st_size
                while rest >= _LEAST_BYTES:
                    head = file.read(_LENGTH.size + _NONCE_BYTES)
                    length = _LENGTH.unpack_from(head)[0]
                    rest -= len(head) + length
                    if rest < 0 or length < TAG_BYTES:
                        return
                    yield self._opened(file, head[_LENGTH.size :], length - TAG_BYTES, number)
                    number += 1
        except (OSError, InvalidTag):  # what cannot be read is left out
            return

    def _opened(self, file: FileIO, nonce: bytes, length: int, number: int) -> Room:
        """The text of the record that goes on here. It is read in steps: a copy of it costs as much as opening it."""
        opening = Cipher(algorithms.AES(self._key), modes.GCM(nonce)).decryptor()
        opening.authenticate_additional_data(self._bound(number))
        text, step, at = _room(length + _BLOCK_BYTES), bytearray(_STEP), 0
        with memoryview(text) as into, memoryview(step) as taken:
            while at < length:
                count = file.readinto(taken[: min(_STEP, length - at)])
                if not count:
                    raise InvalidTag
                at += opening.update_into(taken[:count], into[at:])
        opening.finalize_with_tag(file.read(TAG_BYTES))
        return text

    def _end(self) -> int:
        """Where the last readable record ends."""
        if not self.records:
            return 0
        end = 0
        with self.path.open("rb") as file:
            for _ in range(self.records):
                file.seek(end)
                end += _LENGTH.size + _NONCE_BYTES + _LENGTH.unpack(file.read(_LENGTH.size))[0]
        return end

    def _sealed(self, layer: Layer, number: int) -> bytes | bytearray:
        """The record, sealed into the room that it is written from: of a full store each copy takes several MB."""
        nonce, text = os.urandom(_NONCE_BYTES), _text(layer)
        head = _LENGTH.pack(len(text) + TAG_BYTES) + nonce
        room = bytearray(len(head) + len(text) + _BLOCK_BYTES)
        room[: len(head)] = head
        sealing = Cipher(algorithms.AES(self._key), modes.GCM(nonce)).encryptor()
        sealing.authenticate_additional_data(self._bound(number))
        with memoryview(room) as into:
            sealing.update_into(text, into[len(head) :])
        sealing.finalize()
        room[len(head) + len(text) :] = sealing.tag
        return room

    def _bound(self, number: int) -> bytes:
        return self._header.file_id + struct.pack("<HI", VERSION, number)


def _room(size: int) -> Room:
    """Memory to open a record into: in large pages, since touching small ones first costs more than what comes then."""
    if size < _LARGE or not hasattr(mmap, "MADV_HUGEPAGE"):
        return bytearray(size)
    room = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with contextlib.suppress(OSError):  # not every system has them
        room.madvise(mmap.MADV_HUGEPAGE)
    return room


def _text(layer: Layer) -> bytes:
    parts: list[memoryview] = []
    tables = {name: _told(columns, parts) for name, columns in layer.tables.items()}
    end, (_, seq, tag) = layer.cover
    said = {"end": end, "seq": seq, "tag": tag.hex(), "tables": tables}
    line = json.dumps(said, separators=(",", ":")).encode("ascii")
    return b"".join([line, b"\n", *parts])


def _told(columns: Columns, parts: list[memoryview]) -> dict[str, Any]:
    lengths = [_part(getattr(columns, name), parts) for name, _ in _FIELDS]
    entries = {
        name: [
            entries.width,
            entries.odd,
            *(_part(part, parts) for part in entries.parts),
        ]
        for name, entries in columns.entries.items()
    }
    shape = {"exists": columns.exists, "hides": columns.hides_older, "total": columns.total}
    return {**shape, "lengths": lengths, "entries": entries}


def _part(column: "array[int] | memoryview | bytes | Numbers", parts: list[memoryview]) -> int:
    parts.append(memoryview(column).cast("B"))  # type: ignore[arg-type]  # arrays and views alike
    return len(parts[-1])


def _layer(text: Room, generation: int) -> Layer:
    end_of_line = text.find(b"\n")
    said = json.loads(text[:end_of_line])
    view = _View(memoryview(text), end_of_line + 1)
    tables = {name: _columns(told, view) for name, told in said["tables"].items()}
    return Layer(Cover(said["end"], Anchor(generation, said["seq"], bytes.fromhex(said["tag"]))), tables)


def _columns(told: Mapping[str, Any], view: "_View") -> Columns:
    fields = {name: view.take(size, code) for (name, code), size in zip(_FIELDS, told["lengths"], strict=True)}
    entries = {
        name: Entries(width, view.take(heads, "Q"), view.take(tails, "B"), view.take(rows, "I"), odd)
        for name, (width, odd, heads, tails, rows) in told["entries"].items()
    }
    return Columns(exists=told["exists"], hides_older=told["hides"], total=told["total"], entries=entries, **fields)


class _View:
    """Takes one column after another from a text, without copying."""

    def __init__(self, view: memoryview, at: int) -> None:
        self._view, self._at = view, at

    def take(self, size: int, code: str) -> Any:
        part = self._view[self._at : self._at + size]
        self._at += size
        return part.cast(code) if code else bytes(part)  # type: ignore[call-overload]
