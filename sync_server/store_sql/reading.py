"""One team as it was at one moment, read from the tables."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, func, select

from sync_server.kept import Device, DeviceMark, FeedEntry, Head, Key, Logged, Pace, Person, RecoveryCode, StoredRecord
from sync_server.schema import (
    change_log,
    device,
    device_mark,
    device_pace,
    feed,
    feed_floor,
    person,
    record,
    recovery_code,
    team,
)
from sync_server.store_sql.rows import device_of, logged_of, record_of
from visit_core.errors import NotFound

CHUNK = 500
"""Ids in one statement; far below what either database binds at most."""

_RECORD_OF_ROW = and_(record.c.team_id == feed.c.team_id, record.c.id == feed.c.id, record.c.kind == feed.c.kind)

_FED = (
    select(feed.c.kind, feed.c.id, feed.c.seq, feed.c.op, record.c.scopes, record.c.cells)
    .select_from(feed.outerjoin(record, _RECORD_OF_ROW))
    .where(feed.c.team_id == bindparam("team"), feed.c.scope == bindparam("scope"), feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("most"))
)
"""Built once: every pull asks it for each scope."""


class SqlReading:
    """A snapshot: everything is read in the transaction that `connection` is in."""

    def __init__(self, connection: Connection, team_id: str) -> None:
        self._connection = connection
        self._team = team_id

    def head(self) -> Head:
        columns = (team.c.seq, team.c.clock_ms, team.c.epoch)
        found = self._connection.execute(select(*columns).where(team.c.team_id == self._team)).one_or_none()
        if found is None:
            raise NotFound("not_found", what="team")
        return Head(*found)

    def feed_after(self, scope: str, seq: int, limit: int) -> Sequence[FeedEntry]:
        asked = {"team": self._team, "scope": scope, "after": seq, "most": limit}
        rows = self._connection.execute(_FED, asked).mappings()
        return [
            FeedEntry(scope, row["seq"], row["op"], row["kind"], row["id"], record_of(row) if row["cells"] else None)
            for row in rows
        ]

    def floor(self) -> int:
        here = feed_floor.c.team_id == self._team
        return self._connection.execute(select(feed_floor.c.seq).where(here)).scalar() or 0

    def last_seq_before(self, at_ms: int) -> int:
        here = (change_log.c.team_id == self._team, change_log.c.received_ms <= at_ms)
        return self._connection.execute(select(func.max(change_log.c.seq)).where(*here)).scalar() or 0

    def records(self, keys: Collection[Key]) -> Mapping[Key, StoredRecord]:
        ids = sorted({id for _, id in keys})
        found: dict[Key, StoredRecord] = {}
        for start in range(0, len(ids), CHUNK):
            here = (record.c.team_id == self._team, record.c.id.in_(ids[start : start + CHUNK]))
            rows = self._connection.execute(select(record).where(*here)).mappings()
            found |= {(row["kind"], row["id"]): record_of(row) for row in rows}
        return {key: found[key] for key in keys if key in found}

    def records_about(self, customer: str, kinds: Collection[str]) -> Sequence[StoredRecord]:
        said = record.c.cells.contains(customer, autoescape=True)
        here = (record.c.team_id == self._team, record.c.kind.in_(kinds), said)
        rows = self._connection.execute(select(record).where(*here).order_by(record.c.seq)).mappings()
        found = map(record_of, rows)
        return [one for one in found if "customer_id" in one.cells and one.cells["customer_id"].value == customer]

    def records_of(self, kind: str, limit: int) -> Sequence[StoredRecord]:
        here = (record.c.team_id == self._team, record.c.kind == kind)
        asked = select(record).where(*here).order_by(record.c.seq.desc()).limit(limit)
        return [record_of(row) for row in self._connection.execute(asked).mappings()]

    def quarantine(self, limit: int) -> Sequence[Logged]:
        here = (change_log.c.team_id == self._team, change_log.c.status == "rejected")
        latest = (change_log.c.received_ms.desc(), change_log.c.device, change_log.c.n.desc())
        asked = select(change_log).where(*here).order_by(*latest).limit(limit)
        return [logged_of(row) for row in self._connection.execute(asked).mappings()]

    def devices(self) -> Sequence[Device]:
        joined = device.outerjoin(
            device_mark, and_(device_mark.c.team_id == device.c.team_id, device_mark.c.device == device.c.device)
        )
        asked = select(device, device_mark.c.last_n).select_from(joined).where(device.c.team_id == self._team)
        return [device_of(row) for row in self._connection.execute(asked.order_by(device.c.enrolled_ms)).mappings()]

    def person(self, person_id: str) -> Person | None:
        columns = (person.c.team_id, person.c.person, person.c.name, person.c.role)
        here = (person.c.team_id == self._team, person.c.person == person_id)
        found = self._connection.execute(select(*columns).where(*here)).one_or_none()
        return Person(*found) if found else None

    def recovery_code(self, code_hash: str) -> RecoveryCode | None:
        held = recovery_code.c
        asked = select(held.device, held.hash, held.expires_ms, held.used_by)
        here = (held.team_id == self._team, held.hash == code_hash)
        found = self._connection.execute(asked.where(*here)).one_or_none()
        return RecoveryCode(*found) if found else None

    def mark(self, name: str) -> DeviceMark:
        columns = (device_mark.c.device, device_mark.c.last_n, device_mark.c.last_eff, device_mark.c.offset_ms)
        here = (device_mark.c.team_id == self._team, device_mark.c.device == name)
        found = self._connection.execute(select(*columns).where(*here)).one_or_none()
        return DeviceMark(*found) if found else DeviceMark(name)

    def pace(self, name: str) -> Pace:
        return self.paces(name).get(name, Pace(name))

    def paces(self, name: str | None = None) -> Mapping[str, Pace]:
        columns = (device_pace.c.device, device_pace.c.seen_ms, device_pace.c.cursor, device_pace.c.safe_n)
        asked = select(*columns).where(device_pace.c.team_id == self._team)
        if name is not None:
            asked = asked.where(device_pace.c.device == name)
        return {row.device: Pace(*row) for row in self._connection.execute(asked)}

    def known(self, name: str, first_n: int, last_n: int) -> Mapping[int, Logged]:
        here = (change_log.c.team_id == self._team, change_log.c.device == name)
        asked = select(change_log).where(*here, change_log.c.n.between(first_n, last_n))
        return {row["n"]: logged_of(row) for row in self._connection.execute(asked).mappings()}

    def history(self, key: Key) -> Sequence[Logged]:
        here = (change_log.c.team_id == self._team, change_log.c.kind == key[0], change_log.c.id == key[1])
        asked = select(change_log).where(*here, change_log.c.seq.is_not(None)).order_by(change_log.c.seq)
        return [logged_of(row) for row in self._connection.execute(asked).mappings()]
