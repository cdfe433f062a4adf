"""Connections to the central store.

SQLite: encrypted pages (SQLCipher), WAL with synchronous=FULL (NORMAL loses acknowledged commits when the power
fails), one writing connection, which begins with the write lock, and a few for reading.
"""

from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, make_url

from visit_core.errors import Corrupt, NotValid

PRAGMAS = (
    "cipher_log_level = NONE",  # what is wrong comes back as an error of ours
    "cipher_memory_security = OFF",  # keys are wiped either way; locking every page in RAM halves the speed
    "journal_mode = WAL",
    "synchronous = FULL",
    "busy_timeout = 10000",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
)


@dataclass(frozen=True, slots=True)
class Engines:
    """One way in for writers, one for readers."""

    writing: Engine
    reading: Engine

    def dispose(self) -> None:
        """Close every connection."""
        self.writing.dispose()
        self.reading.dispose()


def open_engines(url: str, key: bytes, readers: int) -> Engines:
    """Engines for the store at `url`; the key (32 bytes) is used by SQLite only."""
    if make_url(url).get_backend_name() == "sqlite":
        path = _file_of(url)
        return Engines(_sqlite(path, key, "BEGIN IMMEDIATE", 1), _sqlite(path, key, "BEGIN", readers))
    writing = create_engine(url, pool_size=readers, hide_parameters=True)
    return Engines(writing, writing.execution_options(isolation_level="REPEATABLE READ"))


def _file_of(url: str) -> Path:
    name = make_url(url).database
    if not name or name == ":memory:":
        raise NotValid("database", field="database")
    return Path(name)


def _sqlite(path: Path, key: bytes, begin: str, size: int) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(path, key),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda connection: _begin(connection, begin))
    return engine


def _connect(path: Path, key: bytes) -> sqlcipher.Connection:
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.DatabaseError as refused:
        connection.close()
        raise Corrupt() from refused
    return connection


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
