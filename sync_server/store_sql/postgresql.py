"""The store in PostgreSQL, through psycopg 3.

Writers are READ COMMITTED: each locks its team's row first, so whatever it reads afterwards is what the last writer
of that team committed, and nothing can change under it. Readers are REPEATABLE READ: one snapshot for feed and records.
"""

from sqlalchemy import URL, Engine, create_engine

PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 3.2)
"""Longer together than a prepared standby needs to take over."""

_ALIVE = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "field-visits",
}


def engines(url: URL, size: int) -> tuple[Engine, Engine]:
    """A way in for writers and one for readers, over one pool. Several hosts in the URL are tried in turn."""
    writing = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=size,
        max_overflow=size,
        pool_timeout=10,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        connect_args=_ALIVE,
    )
    return writing, writing.execution_options(isolation_level="REPEATABLE READ")
