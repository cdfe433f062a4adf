"""Making a store, opening one, and bringing one of an earlier version up to date."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from sync_server.migrations.standing import bring_up_to_date, latest, revision_of
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.checks import flaws
from sync_server.store_sql.engine import open_engines
from sync_server.store_sql.failures import plainly
from sync_server.store_sql.store import SqlStore
from visit_core.errors import Corrupt, NotValid, WrongKey

T = TypeVar("T")
KEY_CHECK = "key_check"


def make_store(url: str, key: bytes) -> None:
    """Make the tables in an empty database; tables of ours that are there already are left as they are."""

    def make(connection: Connection) -> None:
        if revision_of(connection) is None:
            bring_up_to_date(connection)

    once(url, key, make)


def open_store(
    url: str, key: bytes, audit_key: bytes, *, readers: int = 4, draws: Callable[[int], str] = secrets.token_hex
) -> SqlStore:
    """The store at `url`. Corrupt or WrongKey unless it opens with the key; NotValid if it is of another version.

    `draws` gives so many bytes in hex that nobody can guess.
    """
    engines = open_engines(url, key, readers)
    store = SqlStore(engines, AuditChain(audit_key), draws=draws)
    try:
        with plainly(), engines.reading.begin() as connection:
            _check_version(revision_of(connection))
        _check_key(store, audit_key)
    except BaseException:
        store.close()
        raise
    return store


def older_store(url: str, key: bytes, audit_key: bytes) -> SqlStore:
    """A store of whatever version, good for copying only."""
    return SqlStore(open_engines(url, key, 1), AuditChain(audit_key))


def standing_of(url: str, key: bytes) -> tuple[str, str]:
    """The step that the store at `url` is at, and the latest one; NotValid if it is newer than this program."""
    standing = once(url, key, revision_of)
    if standing not in latest().known:
        raise NotValid("store_newer", field="home")
    return str(standing), latest().step


def upgrade_store(url: str, key: bytes, audit_key: bytes) -> None:
    """Every step that is lacking, in one transaction; Corrupt, and nothing done, if the store is not whole then."""

    def upgrade(connection: Connection) -> None:
        bring_up_to_date(connection)
        found = list(flaws(connection, AuditChain(audit_key)))
        if found:
            raise Corrupt(flaws=len(found), first=found[0])

    once(url, key, upgrade)


def _check_version(standing: str | None) -> None:
    if standing == latest().step:
        return
    if standing is None:
        raise Corrupt(why="not_migrated")
    raise NotValid("store_older" if standing in latest().known else "store_newer", field="home")


def _check_key(store: SqlStore, audit_key: bytes) -> None:
    """A PostgreSQL opens without our key; a server with another one would break the audit log and the backups."""
    proof = hmac.new(audit_key, b"key check", hashlib.sha256).hexdigest()
    known = store.fact(KEY_CHECK)
    if known is None:
        store.know(KEY_CHECK, proof, instead_of=None)
        known = store.fact(KEY_CHECK)
    if known != proof:
        raise WrongKey(why="other_key")


def once(url: str, key: bytes, job: Callable[[Connection], T]) -> T:
    """Do one job in one transaction on the store at `url`."""
    engines = open_engines(url, key, readers=1)
    try:
        with plainly(), engines.writing.begin() as connection:
            return job(connection)
    finally:
        engines.dispose()
