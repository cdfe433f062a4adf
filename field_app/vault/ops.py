"""What a commit says, as bytes: an op a document, `kind · lengths · table · key · document`.

A key is the text of a TinyDB document id; a document is JSON in UTF-8 and is never parsed on the way.
"""

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from pydantic_core import from_json

from visit_core.errors import Corrupt

PUT, DELETE, DROP, MAKE = 1, 2, 3, 4
Document = dict[str, Any]

_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())[
    "scan_once"
]  # what is kept is exactly one value: nothing around it to look for
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_make_encoder = vars(json.encoder)["c_make_encoder"]  # None where Python came without its C
_chunks: Callable[[object, int], Sequence[str]] = (
    _make_encoder(None, _JSON.default, json.encoder.encode_basestring, None, ":", ",", False, False, True)
    if _make_encoder
    else lambda document, _: [_JSON.encode(document)]
)  # the encoder's own `encode` makes this anew for every document
_HEAD = struct.Struct("<BxHHI")  # kind, bytes of the table's name, of the key, of the document
_unpacked = _HEAD.unpack_from
_new = tuple.__new__  # a named tuple's own constructor takes twice as long


class Op(NamedTuple):
    """One step of a commit: put or delete a document, drop a table, make an empty one."""

    kind: int
    table: str
    key: str = ""
    row: bytes = b""


class Placed(NamedTuple):
    """An op and where in its frame it stands; its document is read again by `row_at`."""

    pos: int
    op: Op


def encode(document: object) -> bytes:
    """The JSON of one document. Lone surrogates pass; what JSON cannot say is a TypeError or ValueError."""
    try:
        parts = _chunks(document, 0)
    except RecursionError:
        parts = [_JSON.encode(document)]  # it tells a circle from what is only deep
    return "".join(parts).encode("utf-8", "surrogatepass")


def decode(row: bytes) -> Document:
    """A fresh document that shares nothing with the store."""
    document: Document
    try:
        document = from_json(row, cache_strings="keys")
    except ValueError:  # a lone surrogate, or nested deeper than it goes
        document = _scan(row.decode("utf-8", "surrogatepass"), 0)[0]
    return document


def to_bytes(op: Op) -> bytes:
    """One op; ValueError if a name or key is longer than 65,535 bytes or a document than 4 GiB."""
    kind, name, doc_id, row = op
    table, key = name.encode("utf-8", "surrogatepass"), doc_id.encode("utf-8", "surrogatepass")
    try:
        head = _HEAD.pack(kind, len(table), len(key), len(row))
    except struct.error as refusal:
        raise ValueError("a table's name, a document id or a document is too long to be kept") from refusal
    return head + table + key + row


def placed_ops(text: bytes) -> Iterator[Placed]:
    """The ops of one frame, in order; Corrupt if the bytes do not add up."""
    pos = 0
    while pos < len(text):
        try:
            kind, table_bytes, key_bytes, row_bytes = _unpacked(text, pos)
        except struct.error as refusal:
            raise Corrupt(why="op", pos=pos) from refusal
        at = pos + _HEAD.size
        begin = at + table_bytes + key_bytes
        end = begin + row_bytes
        if end > len(text) or not PUT <= kind <= MAKE:
            raise Corrupt(why="op", pos=pos)
        try:
            table = text[at : at + table_bytes].decode("utf-8", "surrogatepass")
            key = text[at + table_bytes : begin].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as refusal:
            raise Corrupt(why="name", pos=pos) from refusal
        yield _new(Placed, (pos, _new(Op, (kind, table, key, text[begin:end]))))
        pos = end


def row_at(text: bytes, pos: int) -> bytes:
    """The document of the op that stands at `pos`."""
    try:
        _kind, table_bytes, key_bytes, row_bytes = _unpacked(text, pos)
    except struct.error as refusal:
        raise Corrupt(why="op", pos=pos) from refusal
    begin = pos + _HEAD.size + table_bytes + key_bytes
    return text[begin : begin + row_bytes]
