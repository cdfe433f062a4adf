"""The store in PostgreSQL, through psycopg 3.

Writers are READ COMMITTED: each locks its team's row first, so whatever it reads afterwards is what the last writer
of that team committed, and nothing can change under it. Readers are REPEATABLE READ: one snapshot for feed and records.
"""

from typing import Any, Self

import psycopg
from psycopg.errors import Diagnostic
from sqlalchemy import URL, Engine, create_engine, event

PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 3.2)
"""Longer together than a prepared standby needs to take over."""

_ALIVE = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "field-visits",
}


class _Whole(psycopg.Connection[Any]):
    """Takes no commit for done that may be on the primary alone.

    Where a commit waits for a synchronous standby and somebody cancels the wait, PostgreSQL says that it is done, and
    warns. Here it has failed: it is tried again, finds itself done, and waits for the standby as every writer does.
    """

    _warnings = 0

    @classmethod
    def opened(cls, *words: Any, **named: Any) -> Self:
        """A connection that hears warnings."""
        made = cls.connect(*words, **named)
        made.add_notice_handler(made._hears)
        return made

    def commit(self) -> None:
        """Commit; OperationalError if there was a warning."""
        self._warnings = 0
        super().commit()
        if self._warnings:
            raise psycopg.OperationalError("committed here, and perhaps nowhere else")

    def _hears(self, told: Diagnostic) -> None:
        self._warnings += told.severity_nonlocalized == "WARNING"


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
    event.listen(writing, "do_connect", lambda _, __, words, named: _Whole.opened(*words, **named))
    return writing, writing.execution_options(isolation_level="REPEATABLE READ")
