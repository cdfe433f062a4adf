"""How documents become bytes: one line a document, `table TAB id TAB document`, each part JSON.

JSON escapes tabs and line breaks inside texts, so the lines split without being parsed, and a document
that nobody asked for is never decoded.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Rows = dict[str, bytes]
Tables = dict[str, Rows]
Document = dict[str, Any]


def encode(document: object) -> bytes:
    """The JSON of one document. Lone surrogates pass; what JSON cannot say is a TypeError or ValueError."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode(row: bytes) -> Document:
    """A fresh document that shares nothing with the store."""
    document: Document = json.loads(row.decode("utf-8", "surrogatepass"))
    return document


def to_lines(tables: Mapping[str, Rows]) -> bytes:
    """All tables as one text; an empty table is a line without an id."""
    return b"\n".join(line for name, rows in tables.items() for line in _lines(encode(name), rows))


def from_lines(blob: bytes) -> Tables:
    """What `to_lines` wrote."""
    tables: Tables = {}
    for line in blob.split(b"\n") if blob else ():
        name, key, row = line.split(b"\t", 2)
        rows = tables.setdefault(json.loads(name.decode("utf-8", "surrogatepass")), {})
        if key:
            rows[key.decode("ascii")] = row
    return tables


def _lines(name: bytes, rows: Rows) -> Iterator[bytes]:
    if not rows:
        yield name + b"\t\t"
    for key, row in rows.items():
        yield b"\t".join((name, key.encode("ascii"), row))
