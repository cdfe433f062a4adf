"""A store of an earlier version brought up to date: backed up, tried on a scratch copy, done whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from sync_server.care.backup import make_backup
from sync_server.care.caretaker import folder_of
from sync_server.care.rotation import name_at
from sync_server.keys import audit_key
from sync_server.settings import Settings
from sync_server.store_sql.opening import older_store, standing_of, upgrade_store


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which step to which; `backup` holds the store as it was, None if there was nothing to do."""

    was: str
    now: str
    backup: Path | None


def upgrade(settings: Settings, key: bytes, now_ms: int) -> Upgraded:
    """Bring the store up to date; Corrupt, and the store as it was, if it would not be whole afterwards."""
    was, now = standing_of(settings.database_url, key)
    if was == now:
        return Upgraded(was, now, None)
    path = folder_of(settings) / name_at(now_ms)
    store = older_store(settings.database_url, key, audit_key(key))
    try:
        make_backup(store, path, key, now_ms)
    finally:
        store.close()
    upgrade_store(settings.database_url, key, audit_key(key))
    return Upgraded(was, now, path)
