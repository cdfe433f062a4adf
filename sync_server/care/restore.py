"""A backup put in the place of the store: tried out first, then in one step, and a new life begins.

A new epoch tells every device to read anew and to send again what the backup lacks. A device that was revoked since
stays revoked and no number is given again, as far as the present store can still be read.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sync_server.care.backup import beside_of, lines_in, try_out
from sync_server.kept import Event
from sync_server.keys import audit_key
from sync_server.people import OPERATOR
from sync_server.settings import Settings
from sync_server.store import CentralStore, Ledger
from sync_server.store_sql.opening import open_store
from sync_server.store_sql.replacing import replace_content
from sync_server.store_sql.store import SqlStore
from visit_core.errors import VisitError

REPLACED = ".replaced"
"""What is added to the name of the file that was there before."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands now."""

    epoch: str
    made_at: str  # when the backup was made
    counts: Mapping[str, int]
    revoked: int  # devices revoked again


def restore(settings: Settings, key: bytes, path: Path, now_ms: int) -> Restored:
    """Put the backup in the store's place; nothing is touched unless the backup is good."""
    tried, epoch = try_out(path, key), secrets.token_hex(16)
    present = _present(settings, key)
    file = settings.database_file
    if file is None:
        lines, beside = lines_in(path, key), beside_of(path, key)
        replace_content(settings.database_url, key, lines, epoch, beyond=present.last_seq, beside=beside)
    else:
        _replace_file(file, key, path, epoch, beyond=present.last_seq)
    with closing(_open(settings, key)) as store:
        again = sum(_revoke(store, team, device, now_ms) for team, device in present.revoked)
        store.note(Event(OPERATOR, "restored", {"records": tried.counts["record"], "revoked": again}), now_ms)
        return Restored(epoch, tried.made_at, store.counts(), again)


def _replace_file(file: Path, key: bytes, path: Path, epoch: str, *, beyond: int) -> None:
    fresh = file.with_name(f"{file.name}.restoring")
    for old in _with_journal(fresh):
        old.unlink(missing_ok=True)
    lines, beside = lines_in(path, key), beside_of(path, key)
    replace_content(f"sqlite:///{fresh}", key, lines, epoch, beyond=beyond, beside=beside)
    aside = file.with_name(file.name + REPLACED)
    for old, kept in zip(_with_journal(file), _with_journal(aside), strict=True):
        kept.unlink(missing_ok=True)
        if old.exists():
            old.replace(kept)
    fresh.replace(file)


def _with_journal(file: Path) -> list[Path]:
    return [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))]


@dataclass(frozen=True, slots=True)
class _Present:
    """What the store that is replaced knows and a backup of it cannot."""

    revoked: Sequence[tuple[str, str]] = ()  # teams and devices
    last_seq: int = 0  # the last number it has given in any team


def _present(settings: Settings, key: bytes) -> _Present:
    """Nothing if the present store cannot be read, which may be why it is being replaced."""
    try:
        with closing(_open(settings, key)) as store:
            teams = [team.id for team in store.teams()]
            revoked = [(team, device) for team in teams for device in _revoked_in(store, team)]
            seqs = (store.read(team, lambda reading: reading.head()).seq for team in teams)
            return _Present(revoked, max(seqs, default=0))
    except VisitError:
        return _Present()


def _revoked_in(store: CentralStore, team: str) -> Iterator[str]:
    for device in store.read(team, lambda reading: reading.devices()):
        if device.standing == "revoked":
            yield device.name


def _revoke(store: CentralStore, team: str, device: str, now_ms: int) -> bool:
    if store.team_of(device_name=device) is None:
        return False
    return store.write(team, partial(_take_out, device=device, now_ms=now_ms))


def _take_out(ledger: Ledger, *, device: str, now_ms: int) -> bool:
    is_news = ledger.revoke(device)
    ledger.note([Event(OPERATOR, "device_revoked", {"device": device, "why": "restored"})] if is_news else [], now_ms)
    return is_news


def _open(settings: Settings, key: bytes) -> SqlStore:
    return open_store(settings.database_url, key, audit_key(key), readers=1)
