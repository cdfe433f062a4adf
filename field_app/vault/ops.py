"""What a commit says, as bytes: an op a document, `kind · lengths · table · key · document`.

A key is the text of a TinyDB document id; a document is JSON in UTF-8 and is never parsed on the way.
"""

import json
import struct
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from visit_core.errors import Corrupt

PUT, DELETE, DROP, MAKE = 1, 2, 3, 4
Document = dict[str, Any]

_scan: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())[
    "scan_once"
]  # what is kept is exactly one value: nothing around it to look for
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN = frozenset({str, int, float, bool, type(None)})
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
    """The JSON of one document. Lone surrogates pass; what JSON cannot say is a TypeError or ValueError.

    The quick writer would also write dates, sets and much else that does not come back as it was: it is given what is
    JSON's own through and through, and the standard library says what becomes of all else.
    """
    try:
        if _is_plain(document):
            return to_json(document)
    except (ValueError, RecursionError):  # a lone surrogate, a circle, or nested deeper than it goes
        pass
    return _JSON.encode(document).encode("utf-8", "surrogatepass")


def decode(row: bytes) -> Document:
    """A fresh document that shares nothing with the store."""
    document: Document
    try:
        document = from_json(row, cache_strings="keys")
    except ValueError:  # a lone surrogate, or nested deeper than it goes
        document = _scan(row.decode("utf-8", "surrogatepass"), 0)[0]
    return document


def _is_plain(value: Any) -> bool:
    """Whether every part is of one of JSON's own types, and none of a class that only behaves like one."""
    kind = type(value)
    if kind is dict:
        for name in value:
            if type(name) is not str:
                return False
        parts = value.values()
    elif kind is list:
        parts = value
    else:
        return kind in _PLAIN
    for part in parts:
        if type(part) in _PLAIN:
            continue
        if not _is_plain(part):
            return False
    return True


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
