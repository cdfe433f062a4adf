"""One team's books, open for writing: what a merge or an enrolment decided becomes rows."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from types import ModuleType

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync_server.kept import Code, Device, Event, Key, Marks, Pace, Person, RecoveryCode, Work
from sync_server.schema import (
    backup_mark,
    change_log,
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
from sync_server.store_sql.reading import SqlReading
from visit_core.merge import is_gone


class SqlLedger(SqlReading):
    """The snapshot that also writes; its transaction already holds the team's head."""

    def __init__(self, connection: Connection, team_id: str, chain: AuditChain) -> None:
        super().__init__(connection, team_id)
        self._chain = chain

    def keep(self, work: Work) -> None:
        head = {"seq": work.head.seq, "clock_ms": work.head.clock_ms}
        self._connection.execute(update(team).where(team.c.team_id == self._team).values(head))
        self._put(record, [rows.record_row(self._team, one) for one in work.records])
        self._put(feed, [row for one in work.records for row in rows.feed_rows(self._team, one)])
        self._put(device_mark, [rows.mark_row(self._team, mark) for mark in work.marks])
        if work.logged:
            logged = [rows.logged_row(self._team, one) for one in work.logged]
            self._connection.execute(insert(change_log), logged)
        self.note(work.events, work.head.clock_ms)

    def keep_pace(self, pace: Pace) -> None:
        self._put(device_pace, [{"team_id": self._team, **asdict(pace)}])

    def keep_backed_up(self, marks: Marks, made_ms: int, safe_before_ms: int) -> None:
        mine = {name: last_n for (team_id, name), last_n in marks.items() if team_id == self._team}
        held = [{"team_id": self._team, "device": name, "made_ms": made_ms, "last_n": n} for name, n in mine.items()]
        self._put(backup_mark, held)
        old = (backup_mark.c.team_id == self._team, backup_mark.c.made_ms <= safe_before_ms)
        safe = select(backup_mark.c.device, func.max(backup_mark.c.last_n), func.max(backup_mark.c.made_ms))
        for name, safe_n, last_ms in self._connection.execute(safe.where(*old).group_by(backup_mark.c.device)).all():
            self.keep_pace(replace(self.pace(name), safe_n=safe_n))
            here = (*old, backup_mark.c.device == name, backup_mark.c.made_ms < last_ms)
            self._connection.execute(delete(backup_mark).where(*here))

    def collect(self, upto: int) -> int:
        gone = [key for key in self._tombstones(upto) if is_gone(self.records([key])[key].cells)]
        for kind, id in gone:
            here = (feed.c.team_id == self._team, feed.c.kind == kind, feed.c.id == id, feed.c.seq <= upto)
            self._connection.execute(delete(feed).where(*here))
        if gone:
            self._put(feed_floor, [{"team_id": self._team, "seq": max(upto, self.floor())}])
        return len(gone)

    def _tombstones(self, upto: int) -> Sequence[Key]:
        """Records fed up to that number that look deleted; the text may deceive, so each is then looked at."""
        same = and_(record.c.team_id == feed.c.team_id, record.c.kind == feed.c.kind, record.c.id == feed.c.id)
        asked = select(record.c.kind, record.c.id).select_from(feed.join(record, same)).distinct()
        here = (feed.c.team_id == self._team, feed.c.seq <= upto, record.c.cells.like(LOOKS_DELETED))
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
        self._put(recovery_code, [{"team_id": self._team, **asdict(code)}])

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

    def seal(self, said: str) -> str:
        return self._chain.sign(said)

    def _put(self, table: Table, wanted: Sequence[rows.Row]) -> None:
        """Insert, or replace what has the same key. No key may be twice in `wanted`: PostgreSQL refuses that."""
        if not wanted:
            return
        fresh = self._dialect.insert(table)
        keys = [column.name for column in table.primary_key]
        rest = {column.name: fresh.excluded[column.name] for column in table.c if column.name not in keys}
        self._connection.execute(fresh.on_conflict_do_update(index_elements=keys, set_=rest), wanted)

    @property
    def _dialect(self) -> ModuleType:
        return postgresql if self._connection.dialect.name == "postgresql" else sqlite
