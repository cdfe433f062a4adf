"""One team as it was at one moment, read from the tables."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, func, literal_column, select

from sync_server.kept import Device, DeviceMark, FeedEntry, Head, Key, Logged, Pace, Person, RecoveryCode, StoredRecord
from sync_server.schema import (
    change_log,
    commit_tag,
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
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.blobs import SqlBlobs
from sync_server.store_sql.ready import Ready
from sync_server.store_sql.record_rows import record_of
from sync_server.store_sql.rows import device_of, logged_of
from sync_server.store_sql.seen import NOBODY, latest
from sync_server.store_sql.utf8 import Utf8
from visit_core.errors import NotFound

CHUNKS = (1, 10, 100, 500)
"""Ids in one statement; far below what either database binds at most."""

_TEAM: BindParameter[str] = bindparam("team")
_DEVICE: BindParameter[str] = bindparam("device")
RECORD_OF_ROW = and_(
    record.c.team_id == feed.c.team_id,
    record.c.kind == feed.c.kind,
    record.c.seq == feed.c.seq,
    # Not by the key: ids are strewn, but by number the rows of a page lie side by side in the index and in the table.
    record.c.id.concat(literal_column("''")) == feed.c.id,
)

FED = Ready(
    select(feed.c.scope, feed.c.seq, feed.c.op, feed.c.kind, feed.c.id, Utf8(record.c.shown), record.c.touched)
    .select_from(feed.outerjoin(record, RECORD_OF_ROW))
    .where(feed.c.team_id == _TEAM, feed.c.scope == bindparam("scope"), feed.c.seq > bindparam("after"))
    .order_by(feed.c.seq)
    .limit(bindparam("most"))
)
_TAG = Ready(select(commit_tag.c.tag).where(commit_tag.c.team_id == _TEAM, commit_tag.c.seq == bindparam("seq")))
_FIRST_TAG = Ready(select(func.min(commit_tag.c.seq)).where(commit_tag.c.team_id == _TEAM))
_HEAD = Ready(select(team.c.seq, team.c.clock_ms, team.c.epoch).where(team.c.team_id == _TEAM))
_FLOOR = Ready(select(feed_floor.c.seq).where(feed_floor.c.team_id == _TEAM))
_MARK = Ready(
    select(device_mark.c.device, device_mark.c.last_n, device_mark.c.last_eff, device_mark.c.offset_ms).where(
        device_mark.c.team_id == _TEAM, device_mark.c.device == _DEVICE
    )
)
_PACES_OF = select(device_pace.c.device, device_pace.c.seen_ms, device_pace.c.cursor, device_pace.c.safe_n).where(
    device_pace.c.team_id == _TEAM
)
_PACE, _PACES = Ready(_PACES_OF.where(device_pace.c.device == _DEVICE)), Ready(_PACES_OF)
_KNOWN = Ready(
    select(change_log).where(
        change_log.c.team_id == _TEAM,
        change_log.c.device == _DEVICE,
        change_log.c.n.between(bindparam("first"), bindparam("last")),
    )
)
_HISTORY = Ready(
    select(change_log)
    .where(
        change_log.c.team_id == _TEAM,
        change_log.c.kind == bindparam("kind"),
        change_log.c.id == bindparam("id"),
        change_log.c.seq.is_not(None),
    )
    .order_by(change_log.c.seq)
)


@cache
def _records_named(count: int) -> Ready:
    return Ready(select(record).where(record.c.team_id == _TEAM, record.c.id.in_(_ids(count))))


@cache
def _records_hanging(count: int, kinds: tuple[str, ...]) -> Ready:
    among: list[BindParameter[str]] = [bindparam(f"kind_{place}", kind) for place, kind in enumerate(kinds)]
    here = (record.c.team_id == _TEAM, record.c.about.in_(_ids(count)), record.c.kind.in_(among))
    return Ready(select(record).where(*here))


def _ids(count: int) -> list[BindParameter[str]]:
    return [bindparam(f"id_{place}") for place in range(count)]


def _filled(ids: Sequence[str]) -> dict[str, str]:
    """So few statements are kept ready that the last id fills what is left of one."""
    count = next(count for count in CHUNKS if count >= len(ids))
    return {f"id_{place}": ids[min(place, len(ids) - 1)] for place in range(count)}


class SqlReading:
    """A snapshot: everything is read in the transaction that `connection` is in."""

    def __init__(
        self, connection: Connection, team_id: str, chain: AuditChain, seen: Mapping[str, Pace] = NOBODY
    ) -> None:
        self._connection = connection
        self._team = team_id
        self._chain = chain
        self._seen = seen

    @property
    def blobs(self) -> SqlBlobs:
        return SqlBlobs(self._connection, self._team)

    def head(self) -> Head:
        found = _HEAD.one(self._connection, team=self._team)
        if found is None:
            raise NotFound("not_found", what="team")
        return Head(*found)

    def feed_after(self, scope: str, seq: int, limit: int) -> Sequence[FeedEntry]:
        rows = FED(self._connection, team=self._team, scope=scope, after=seq, most=limit)
        return list(map(FeedEntry._make, rows))

    def tag(self, seq: int) -> str | None:
        found = _TAG.one(self._connection, team=self._team, seq=seq)
        if found:
            return str(found[0])
        ((first,),) = _FIRST_TAG(self._connection, team=self._team)
        return "" if first is not None and first <= seq else None

    def floor(self) -> int:
        found = _FLOOR.one(self._connection, team=self._team)
        return found[0] if found else 0

    def last_seq_before(self, at_ms: int) -> int:
        here = (change_log.c.team_id == self._team, change_log.c.received_ms <= at_ms)
        return self._connection.execute(select(func.max(change_log.c.seq)).where(*here)).scalar() or 0

    def records(self, keys: Collection[Key]) -> Mapping[Key, StoredRecord]:
        ids = sorted({id for _, id in keys})
        found: dict[Key, StoredRecord] = {}
        for start in range(0, len(ids), CHUNKS[-1]):
            part = _filled(ids[start : start + CHUNKS[-1]])
            rows = _records_named(len(part)).named(self._connection, team=self._team, **part)
            found |= {(row["kind"], row["id"]): record_of(row) for row in rows}
        return {key: found[key] for key in keys if key in found}

    def records_about(self, subjects: Collection[str], kinds: Collection[str]) -> Sequence[StoredRecord]:
        ids, among = sorted(set(subjects)), tuple(sorted(kinds))
        rows: list[dict[str, Any]] = []
        for start in range(0, len(ids), CHUNKS[-1]):
            part = _filled(ids[start : start + CHUNKS[-1]])
            rows += _records_hanging(len(part), among).named(self._connection, team=self._team, **part)
        return [record_of(row) for row in sorted(rows, key=itemgetter("seq"))]

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
        found = _MARK.one(self._connection, team=self._team, device=name)
        return DeviceMark(*found) if found else DeviceMark(name)

    def pace(self, name: str) -> Pace:
        kept = _PACE.one(self._connection, team=self._team, device=name)
        return latest(Pace(*kept) if kept else Pace(name), self._seen.get(name))

    def paces(self) -> Mapping[str, Pace]:
        kept = {row[0]: Pace(*row) for row in _PACES(self._connection, team=self._team)}
        return {name: latest(kept.get(name, Pace(name)), self._seen.get(name)) for name in {**kept, **self._seen}}

    def known(self, name: str, first_n: int, last_n: int) -> Mapping[int, Logged]:
        rows = _KNOWN.named(self._connection, team=self._team, device=name, first=first_n, last=last_n)
        return {row["n"]: logged_of(row) for row in rows}

    def sent_as(self, name: str, stamps: Collection[str]) -> Mapping[str, Logged]:
        here = (change_log.c.team_id == self._team, change_log.c.device == name)
        wanted, found = sorted(stamps), dict[str, Logged]()
        for start in range(0, len(wanted), CHUNKS[-1]):
            among = change_log.c.raw.in_(wanted[start : start + CHUNKS[-1]])
            rows = self._connection.execute(select(change_log).where(*here, among).order_by(change_log.c.n)).mappings()
            found |= {row["raw"]: logged_of(row) for row in rows}
        return found

    def history(self, key: Key) -> Sequence[Logged]:
        rows = _HISTORY.named(self._connection, team=self._team, kind=key[0], id=key[1])
        return [logged_of(row) for row in rows]

    def seal(self, said: str) -> str:
        return self._chain.sign(said)
