"""What a database complains of, in our own errors: the disk is full, the file is damaged, try again.

SQLite says it in words, PostgreSQL by SQLSTATE; a connection that died has neither.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, TimeoutError

from visit_core.errors import Corrupt, Failed, NoRoom, Unreachable, VisitError

_WORDS: dict[str, type[VisitError]] = {
    "disk is full": NoRoom,
    "malformed": Corrupt,
    "not a database": Corrupt,
    "disk I/O error": Failed,
    "database is locked": Unreachable,  # another writer took too long; the device tries again
}

_STATES: dict[str, type[VisitError]] = {
    "40001": Unreachable,  # could not be serialised
    "40P01": Unreachable,  # a deadlock
    "55P03": Unreachable,  # a lock was not to be had
    "25006": Unreachable,  # only reads here: a standby, and the primary is elsewhere by now
    "08": Unreachable,  # the connection
    "57P": Unreachable,  # shutting down, or starting up
    "53300": Unreachable,  # too many connections
    "53100": NoRoom,
    "58": Failed,
    "XX001": Corrupt,
    "XX002": Corrupt,
}


@contextmanager
def plainly() -> Iterator[None]:
    """Complaints that we know become errors of ours; all others stay what they are."""
    try:
        yield
    except TimeoutError as refused:
        raise Unreachable(why="busy") from refused
    except DBAPIError as refused:
        known = _known(refused)
        if known is None:
            raise
        raise known() from refused


def _known(refused: DBAPIError) -> type[VisitError] | None:
    state = getattr(refused.orig, "sqlstate", None)
    if state:
        return next((error for start, error in _STATES.items() if state.startswith(start)), None)
    if refused.connection_invalidated or _never_connected(refused):
        return Unreachable
    return next((error for words, error in _WORDS.items() if words in str(refused.orig)), None)


def _never_connected(refused: DBAPIError) -> bool:
    """psycopg has no SQLSTATE for a server that is not there."""
    return type(refused.orig).__module__.startswith("psycopg") and type(refused.orig).__name__ in (
        "OperationalError",
        "ConnectionTimeout",
    )
