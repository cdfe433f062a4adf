"""Connections to the central store, by its URL: an encrypted SQLite file, or PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from sync_server.store_sql import postgresql, sqlite
from visit_core.errors import NotValid


@dataclass(frozen=True, slots=True)
class Engines:
    """One way in for writers, one for readers."""

    writing: Engine
    reading: Engine
    pauses_s: Sequence[float] = ()  # before each further try of a transaction that the database gave up

    def dispose(self) -> None:
        """Close every connection."""
        self.writing.dispose()
        self.reading.dispose()


def open_engines(url: str, key: bytes, readers: int) -> Engines:
    """Engines for the store at `url`; the key (32 bytes) is used by SQLite only."""
    named = _read(url)
    match named.get_backend_name():
        case "sqlite":
            path = _file_of(named)
            writing, reading = (
                sqlite.engine(path, key, "BEGIN IMMEDIATE", 1),
                sqlite.engine(path, key, "BEGIN", readers),
            )
            return Engines(writing, reading)
        case "postgresql":
            writing, reading = postgresql.engines(named, readers)
            return Engines(writing, reading, postgresql.PAUSES_S)
    raise NotValid("database", field="database")


def _read(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise NotValid("database", field="database") from None


def _file_of(url: URL) -> Path:
    if not url.database or url.database == ":memory:":
        raise NotValid("database", field="database")
    return Path(url.database)
