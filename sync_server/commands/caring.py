"""Looking after the store: `backup`, `restore`, `new-epoch`, `verify`, `upgrade`, `status`."""

from argparse import Namespace
from contextlib import closing
from typing import Any

from sync_server.care.backup import try_out
from sync_server.care.caretaker import Caretaker, folder_of, good_backup_ms
from sync_server.care.restore import restore as put_back
from sync_server.care.rotation import name_at
from sync_server.care.upgrade import upgrade as bring_up
from sync_server.commands.context import Context
from sync_server.home import alone, open_central, store_key
from sync_server.kept import Event
from sync_server.people import OPERATOR
from visit_core.errors import Corrupt, NotFound
from visit_core.stamp import instant
from visit_core.version import VERSION


def backup(context: Context, asked: Namespace) -> dict[str, Any]:
    """A backup that was tried out; the server may go on meanwhile."""
    settings, now_ms = context.settings(), context.now_ms()
    path = asked.file or folder_of(settings) / name_at(now_ms)
    key = store_key(settings, context.environment)
    with context.store() as store:
        made = Caretaker(settings, store, key).back_up(path.resolve(), now_ms)
    return {
        "file": str(made.path),
        "bytes": made.size,
        "sha256": made.tried.digest,
        "counts": dict(made.tried.counts),
    }


def restore(context: Context, asked: Namespace) -> dict[str, Any]:
    """A backup in the store's place. A SQLite store must not be served meanwhile; a PostgreSQL one may be."""
    settings = context.settings()
    with alone(settings):
        done = put_back(settings, store_key(settings, context.environment), asked.file, context.now_ms())
    return {
        "epoch": done.epoch,
        "made_at": done.made_at,
        "counts": dict(done.counts),
        "revoked_again": done.revoked,
    }


def new_epoch(context: Context, _: Namespace) -> dict[str, Any]:
    """A new life for a store that may have lost something; the server may go on meanwhile."""
    with context.store() as store:
        epochs = [team.epoch for team in store.teams()]
        if not epochs:
            raise NotFound("not_found", what="team")
        event = Event(OPERATOR, "life_begun")
        return {"epoch": store.begin_life(event, context.now_ms(), instead_of=epochs[0], beyond=0)}


def verify(context: Context, asked: Namespace) -> dict[str, Any]:
    """Whether the store, or a backup, is whole; Corrupt names the first flaw."""
    settings = context.settings()
    if asked.file:
        tried = try_out(asked.file, store_key(settings, context.environment))
        return {"ok": True, "made_at": tried.made_at, "sha256": tried.digest, "counts": dict(tried.counts)}
    with context.store() as store:
        flaws, counts = store.flaws(), store.counts()
    if flaws:
        raise Corrupt(flaws=len(flaws), first=flaws[0])
    return {"ok": True, "counts": dict(counts)}


def upgrade(context: Context, _: Namespace) -> dict[str, Any]:
    """A store of an earlier version brought up to date, with a backup of what it was."""
    settings = context.settings()
    with alone(settings):
        done = bring_up(settings, store_key(settings, context.environment), context.now_ms())
    return {"from": done.was, "to": done.now, "backup": str(done.backup) if done.backup else None}


def status(context: Context, _: Namespace) -> dict[str, Any]:
    """Which version this is, and how old the last good backup is."""
    settings = context.settings()
    with closing(open_central(settings, context.environment)) as store:
        good_ms, counts = good_backup_ms(store), store.counts()
    return {
        "version": VERSION,
        "last_backup": instant(good_ms) if good_ms else None,
        "backup_age_hours": (context.now_ms() - good_ms) // 3_600_000 if good_ms else None,
        "counts": dict(counts),
    }
