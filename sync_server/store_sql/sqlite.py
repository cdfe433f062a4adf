"""The store in one file: encrypted pages (SQLCipher), WAL with synchronous=FULL, one writing connection.

NORMAL would lose acknowledged commits when the power fails. The writer begins with the write lock, so that whoever
reads a number under it reads the last one.
"""

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from sync_server.store_sql.ready import straight
from visit_core.errors import Corrupt

PAGE_BYTES = (8192, 4096)
"""What a new store has, and what earlier releases made: one page is sealed sooner than two of half the size."""

PRAGMAS = (
    "cipher_log_level = NONE",  # what is wrong comes back as an error of ours
    "cipher_memory_security = OFF",  # keys are wiped either way; locking every page in RAM halves the speed
    "journal_mode = WAL",
    "synchronous = FULL",
    "busy_timeout = 10000",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "temp_store = MEMORY",
    "cache_size = -16384",  # KB; a page that fell out has to be read, checked and decrypted again
    "wal_autocheckpoint = 2000",  # pages: what several pushes touch is brought into the file once
)


def engine(path: Path, key: bytes, begin: str, size: int) -> Engine:
    """At most `size` connections to the file, each transaction begun with `begin`."""
    made = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: _connect(path, key),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_use_lifo=True,  # the one used last has most of the pages in mind
        hide_parameters=True,
    )
    event.listen(made, "begin", lambda connection: _begin(connection, begin))
    return made


def _connect(path: Path, key: bytes) -> sqlcipher.Connection:
    """Nothing but trying tells how large the pages of a store are: with another size none of them can be opened."""
    for page_bytes in PAGE_BYTES:
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
        try:
            _open(connection, key, page_bytes)
        except sqlcipher.DatabaseError as refused:
            connection.close()
            if page_bytes == PAGE_BYTES[-1] or refused.sqlite_errorcode != sqlcipher.SQLITE_NOTADB:
                raise Corrupt() from refused
        else:
            return connection
    raise Corrupt()


def _open(connection: sqlcipher.Connection, key: bytes, page_bytes: int) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA cipher_page_size = {page_bytes}")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection, statement: str) -> None:
    straight(connection, statement)
