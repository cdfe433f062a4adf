"""Backups by themselves: is one due, make it, try it out, copy it, delete what is spare, and say how it went.

Of several server processes on one database, the one that notes its try first makes the backup.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from sync_server.care.backup import Backup, make_backup
from sync_server.care.collecting import collect, collect_blobs
from sync_server.care.placing import copy_backup
from sync_server.care.rotation import Keep, name_at, rotate
from sync_server.kept import BACKUP_FAILED, BACKUP_GOOD, BACKUP_TRIED, Event
from sync_server.people import OPERATOR
from sync_server.settings import Settings
from sync_server.store import CentralStore
from sync_server.store_sql.store import SqlStore
from visit_core.errors import VisitError

log = logging.getLogger("sync_server.care")

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


class Caretaker:
    """Looks after one store; `turn` is called from time to time."""

    def __init__(self, settings: Settings, store: SqlStore, key: bytes) -> None:
        self._settings = settings
        self._store = store
        self._key = key

    def turn(self, now_ms: int) -> bool:
        """Make a backup if one is due; whether this process has made one. A failure is noted, never raised."""
        tried = self._store.fact(BACKUP_TRIED)
        if not self._is_due(now_ms, tried) or not self._store.know(BACKUP_TRIED, str(now_ms), instead_of=tried):
            return False
        try:
            self.back_up(folder_of(self._settings) / name_at(now_ms), now_ms)
        except (VisitError, OSError) as refused:
            why = refused.code if isinstance(refused, VisitError) else type(refused).__name__
            log.error("backup failed why=%s", why)
            self._note(BACKUP_FAILED, f"{now_ms} {why}")
            return False
        tombstones, blobs = collect(self._store, now_ms), collect_blobs(self._store, now_ms)
        log.info("collected tombstones=%s blobs=%s", tombstones, blobs)
        return True

    def back_up(self, path: Path, now_ms: int) -> Backup:
        """Make one now; what it holds of each device counts as safe once it is old enough.

        Among the others it shares their photographs; anywhere else it is one file.
        """
        shares = path.parent == folder_of(self._settings) and self._store.counts()["blob"] > 0
        made = make_backup(self._store, path, self._key, now_ms, shares=shares)
        safe_before_ms = now_ms - self._settings.safe_days * DAY_MS
        for team in self._store.teams():
            self._store.write(team.id, lambda ledger: ledger.keep_backed_up(made.marks, now_ms, safe_before_ms))
        if path.parent == folder_of(self._settings):
            self._spread(path)
        self._note(BACKUP_GOOD, str(now_ms))
        self._note(BACKUP_FAILED, "")
        self._store.note(Event(OPERATOR, "backup_made", {"records": made.tried.counts["record"]}), now_ms)
        log.info("backup made bytes=%s", made.size)
        return made

    def _spread(self, path: Path) -> None:
        """Copy it to the second folder, and delete what is spare in both."""
        rotate(path.parent, self._keep())
        second = self._settings.backup_second_folder
        if second:
            copy_backup(path, second)
            rotate(second, self._keep())

    def _is_due(self, now_ms: int, tried: str | None) -> bool:
        """A day after the last good one, and an hour after the last try."""
        if self._settings.backup_hours == 0:
            return False
        good = good_backup_ms(self._store)
        return now_ms >= good + self._settings.backup_hours * HOUR_MS and now_ms >= int(tried or 0) + HOUR_MS

    def _keep(self) -> Keep:
        return Keep(self._settings.backup_days, self._settings.backup_weeks, self._settings.backup_months)

    def _note(self, name: str, value: str) -> None:
        """The last word counts, whoever says it."""
        known = self._store.fact(name)
        while known != value and not self._store.know(name, value, instead_of=known):
            known = self._store.fact(name)


def good_backup_ms(store: CentralStore) -> int:
    """When the last good backup was made; 0 for never."""
    return int(store.fact(BACKUP_GOOD) or 0)


def folder_of(settings: Settings) -> Path:
    """Where backups go unless a setting says otherwise."""
    return settings.backup_folder or settings.home / "backups"


def every_minute(care: Callable[[int], object], now_ms: Callable[[], int], wait: Callable[[float], bool]) -> None:
    """Take turns until `wait` says that it is over; one that fails ends none of the others."""
    while not wait(60.0):
        try:
            care(now_ms())
        except Exception as defect:
            log.error("care failed type=%s", type(defect).__name__)
