"""The bytes of whole attachments, beside a backup's text instead of in it: of a chunk only its length stands there."""

from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, case, exists, func, select

from visit_core.errors import Corrupt

BLOB, CHUNK, BYTES, LENGTH = "blob", "blob_chunk", "bytes", "beside"
_KEY = ("team_id", "sha256", "size")
_FEW = 16


class Beside(Protocol):
    """Where such bytes are kept, by fingerprint and size."""

    def keep(self, sha256: str, size: int, chunks: Callable[[], Iterator[bytes]]) -> None:
        """Have them there; the chunks are read only where they are not there yet."""

    def content(self, sha256: str, size: int) -> bytes:
        """All of them; Corrupt where they are not there, or are others."""


def keep_beside(connection: Connection, made: Mapping[str, Table], beside: Beside) -> None:
    """Put the bytes of all that is whole there, as they are in the snapshot that the connection is in."""
    if BLOB not in made:
        return
    blob = made[BLOB]
    whole = select(blob.c.team_id, blob.c.sha256, blob.c.size).where(blob.c.whole_ms.is_not(None))
    for key in connection.execute(whole.order_by(blob.c.sha256, blob.c.size, blob.c.team_id)).all():
        beside.keep(key.sha256, key.size, partial(_chunks, connection, made[CHUNK], key))


def chunks_told(made: Mapping[str, Table]) -> Select[Any]:
    """The rows of the table of chunks: bytes only of what is not whole, else their length, one column further."""
    chunk, blob = made[CHUNK], made[BLOB]
    same = [chunk.c[name] == blob.c[name] for name in _KEY]
    is_whole = exists(select(blob.c.sha256).where(*same, blob.c.whole_ms.is_not(None)))
    told: list[ColumnElement[Any]] = [
        case((is_whole, None), else_=column).label(BYTES) if column.name == BYTES else column
        for column in chunk.columns
    ]
    length = case((is_whole, func.length(chunk.c.bytes)), else_=None).label(LENGTH)
    return select(*told, length).order_by(*chunk.primary_key)


def in_text(row: Row[Any], names: Iterable[str], value: Callable[[object], object]) -> list[object]:
    """Such a row as it stands in the text."""
    told = row._mapping
    return [{LENGTH: told[LENGTH]} if name == BYTES and told[BYTES] is None else value(told[name]) for name in names]


def bytes_in(told: Mapping[str, Any], name: str, beside: Beside | None) -> bytes:
    """What a column of bytes holds by the text, or by what lies beside it."""
    value = told[name]
    if not isinstance(value, dict):
        return b64decode(value)
    if beside is None:
        raise Corrupt(why="backup_photos")
    at = told["at"]
    return beside.content(told["sha256"], told["size"])[at : at + value[LENGTH]]


def _chunks(connection: Connection, chunk: Table, key: Any) -> Iterator[bytes]:
    here = [chunk.c[name] == getattr(key, name) for name in _KEY]
    told = select(chunk.c.bytes).where(*here).order_by(chunk.c.at)
    yield from map(bytes, connection.execute(told, execution_options={"yield_per": _FEW}).scalars())
