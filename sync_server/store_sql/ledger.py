"""One team's books, open for writing: what a merge or an enrolment decided becomes rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, replace
from functools import cache
from types import ModuleType

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync_server.kept import Code, Device, Event, Head, Key, Marks, Pace, Person, RecoveryCode, StoredRecord, Work
from sync_server.schema import (
    backup_mark,
    change_log,
    commit_tag,
    device,
    device_mark,
    device_pace,
    enrol_code,
    feed,
    feed_floor,
    person,
    record,
    recovery_code,
    team,
)
from sync_server.store_sql import rows
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.checks import LOOKS_DELETED
from sync_server.store_sql.reading import RECORD_OF_ROW, SqlReading
from sync_server.store_sql.ready import Ready, Values
from sync_server.store_sql.record_rows import record_row
from sync_server.store_sql.seen import latest
from visit_core.merge import is_gone

_DIALECTS: Mapping[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}
_MOVE_HEAD = Ready(
    update(team).where(team.c.team_id == bindparam("team")).values(seq=bindparam("now"), clock_ms=bindparam("at_ms"))
)
_LOG, _FEED, _RECORD = Ready(insert(change_log)), Ready(insert(feed)), Ready(insert(record))
_TAG = Ready(insert(commit_tag))
_UNFEED = Ready(
    delete(feed).where(
        feed.c.team_id == bindparam("team"), feed.c.scope == bindparam("scope"), feed.c.seq == bindparam("was")
    )
)


TAG = 8
"""Hex digits: the same number was given by few commits, mostly by one."""


class SqlLedger(SqlReading):
    """The snapshot that also writes; its transaction already holds the team's `head`."""

    def __init__(self, connection: Connection, team_id: str, chain: AuditChain, head: Head) -> None:
        super().__init__(connection, team_id, chain)
        self._head = head
        self._stood: dict[Key, StoredRecord | None] = {}  # records as they are in the tables, as far as is known

    def records(self, keys: Collection[Key]) -> Mapping[Key, StoredRecord]:
        found = super().records(keys)
        self._stood |= {key: found.get(key) for key in keys}
        return found

    def keep(self, work: Work) -> None:
        _MOVE_HEAD(self._connection, team=self._team, now=work.head.seq, at_ms=work.head.clock_ms)
        if work.head.seq > self._head.seq:
            tag = self._chain.sign(_told(work))[:TAG]
            _TAG(self._connection, team_id=self._team, seq=work.head.seq, at_ms=work.head.clock_ms, tag=tag)
        self._head = work.head
        self._write(work.records)
        self._put(device_mark, [rows.mark_row(self._team, mark) for mark in work.marks])
        _LOG.of_each(self._connection, [rows.logged_row(self._team, one) for one in work.logged])
        self.note(work.events, work.head.clock_ms)

    def _write(self, written: Sequence[StoredRecord]) -> None:
        """Keep them as they stand; tell every scope of a record how that is, and no longer how it stood."""
        by_key = {(one.kind, one.id): one for one in written}
        self.records(by_key.keys() - self._stood.keys())
        stood = {key: before for key in by_key if (before := self._stood[key])}
        _UNFEED.of_each(
            self._connection, [(self._team, scope, one.seq) for one in stood.values() for scope in one.scopes]
        )
        _FEED.of_each(self._connection, [row for one in written for row in rows.feed_rows(self._team, one)])
        told = [(key in stood, record_row(self._team, one)) for key, one in by_key.items()]
        _RECORD.of_each(self._connection, [row for is_known, row in told if not is_known])
        self._put(record, [row for is_known, row in told if is_known])
        self._stood |= by_key

    def head(self) -> Head:
        return self._head

    def keep_pace(self, pace: Pace) -> None:
        self._put(device_pace, [(self._team, *astuple(pace))])

    def keep_seen(self, seen: Mapping[str, Pace]) -> None:
        """Devices that were here since the last transaction and brought nothing."""
        for name, pace in seen.items():
            self.keep_pace(latest(self.pace(name), pace))

    def keep_backed_up(self, marks: Marks, made_ms: int, safe_before_ms: int) -> None:
        mine = {name: last_n for (team_id, name), last_n in marks.items() if team_id == self._team}
        self._put(backup_mark, [(self._team, name, made_ms, last_n) for name, last_n in mine.items()])
        old = (backup_mark.c.team_id == self._team, backup_mark.c.made_ms <= safe_before_ms)
        safe = select(backup_mark.c.device, func.max(backup_mark.c.last_n), func.max(backup_mark.c.made_ms))
        for name, safe_n, last_ms in self._connection.execute(safe.where(*old).group_by(backup_mark.c.device)).all():
            self.keep_pace(replace(self.pace(name), safe_n=safe_n))
            here = (*old, backup_mark.c.device == name, backup_mark.c.made_ms < last_ms)
            self._connection.execute(delete(backup_mark).where(*here))

    def forget_tags(self, before_ms: int) -> None:
        old = (commit_tag.c.team_id == self._team, commit_tag.c.at_ms < before_ms)
        self._connection.execute(delete(commit_tag).where(*old))

    def collect(self, upto: int) -> int:
        found = [self.records([key])[key] for key in self._tombstones(upto)]
        gone = [one for one in found if is_gone(one.cells)]
        _UNFEED.of_each(self._connection, [(self._team, scope, one.seq) for one in gone for scope in one.scopes])
        if gone:
            self._put(feed_floor, [(self._team, max(upto, self.floor()))])
        return len(gone)

    def _tombstones(self, upto: int) -> Sequence[Key]:
        """Records fed up to that number that look deleted; the text may deceive, so each is then looked at."""
        asked = select(record.c.kind, record.c.id).select_from(feed.join(record, RECORD_OF_ROW)).distinct()
        here = (feed.c.team_id == self._team, feed.c.seq <= upto, record.c.shown.like(LOOKS_DELETED))
        return [(row.kind, row.id) for row in self._connection.execute(asked.where(*here))]

    def add_person(self, somebody: Person) -> None:
        row = {"person": somebody.id, "name": somebody.name, "role": somebody.role}
        self._connection.execute(insert(person).values(team_id=self._team, **row))

    def add_code(self, code: Code) -> bool:
        row = {"hash": code.hash, "person": code.person, "expires_ms": code.expires_ms, "used_ms": None}
        fresh = self._dialect.insert(enrol_code).values(team_id=self._team, **row).on_conflict_do_nothing()
        return self._connection.execute(fresh.returning(enrol_code.c.hash)).first() is not None

    def use_code(self, code_hash: str, now_ms: int) -> Code | None:
        here = (enrol_code.c.team_id == self._team, enrol_code.c.hash == code_hash)
        found = self._connection.execute(select(enrol_code).where(*here)).mappings().one_or_none()
        if found is None or found["used_ms"] is not None or found["expires_ms"] <= now_ms:
            return None
        self._connection.execute(update(enrol_code).where(*here).values(used_ms=now_ms))
        return Code(self._team, found["person"], code_hash, found["expires_ms"], now_ms)

    def keep_recovery_code(self, code: RecoveryCode) -> None:
        self._put(recovery_code, [(self._team, code.hash, code.device, code.expires_ms, code.used_by)])

    def add_device(self, enrolled: Device) -> None:
        row = {
            "device": enrolled.name,
            "person": enrolled.person,
            "token_hash": enrolled.token_hash,
            "standing": enrolled.standing,
            "label": enrolled.label,
            "enrolled_ms": enrolled.enrolled_ms,
        }
        self._connection.execute(insert(device).values(team_id=self._team, **row))

    def revoke(self, name: str) -> bool:
        here = (device.c.team_id == self._team, device.c.device == name, device.c.standing != "revoked")
        return self._connection.execute(update(device).where(*here).values(standing="revoked")).rowcount > 0

    def note(self, events: Iterable[Event], now_ms: int) -> None:
        self._chain.add(self._connection, self._team, list(events), now_ms)

    def _put(self, table: Table, wanted: Sequence[Values]) -> None:
        """Insert, or replace what has the same key; values in the order of the columns."""
        if wanted:
            _putting(table, self._connection.dialect.name).of_each(self._connection, wanted)

    @property
    def _dialect(self) -> ModuleType:
        return _DIALECTS[self._connection.dialect.name]


@cache
def _putting(table: Table, dialect: str) -> Ready:
    fresh = _DIALECTS[dialect].insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: fresh.excluded[column.name] for column in table.c if column.name not in keys}
    return Ready(fresh.on_conflict_do_update(index_elements=keys, set_=rest))


def _told(work: Work) -> str:
    """What is committed, in short: when, which changes, and which records of which cells."""
    changes = (f"{logged.hash} {logged.eff}" for logged in work.logged)
    records = (f"{one.id} {one.seq}" for one in work.records)
    return "\n".join([f"commit {work.head.seq} {work.head.clock_ms}", *changes, *records])
