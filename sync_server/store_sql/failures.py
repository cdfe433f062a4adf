"""What a database complains of, in our own errors: the disk is full, the file is damaged, the file is busy."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

from visit_core.errors import Corrupt, Failed, NoRoom, Unreachable, VisitError

_COMPLAINTS: dict[str, type[VisitError]] = {
    "disk is full": NoRoom,
    "malformed": Corrupt,
    "not a database": Corrupt,
    "disk I/O error": Failed,
    "database is locked": Unreachable,  # another writer took too long; the device tries again
}


@contextmanager
def plainly() -> Iterator[None]:
    """Complaints that we know become errors of ours; all others stay what they are."""
    try:
        yield
    except DatabaseError as refused:
        for words, error in _COMPLAINTS.items():
            if words in str(refused.orig):
                raise error() from refused
        raise
