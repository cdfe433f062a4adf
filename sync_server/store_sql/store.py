"""The central store: transactions in one team, and the few look-ups across teams."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import Connection, Engine, Select, bindparam, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from sync_server.kept import ORGANISATION, Bearer, Blob, BlobKey, Code, Event, Head, Marks, Pace, Team
from sync_server.schema import device, enrol_code, metadata, person, store_fact, team
from sync_server.store_sql import copying
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.beside import Beside
from sync_server.store_sql.blobs import SqlBlobs
from sync_server.store_sql.checks import flaws
from sync_server.store_sql.engine import Engines
from sync_server.store_sql.failures import plainly
from sync_server.store_sql.ledger import SqlLedger
from sync_server.store_sql.reading import SqlReading
from sync_server.store_sql.ready import Ready
from sync_server.store_sql.seen import Seen
from visit_core.errors import Corrupt, NotFound, Unreachable, VisitError

T = TypeVar("T")
_ALONE = text("LOCK TABLE team IN SHARE ROW EXCLUSIVE MODE")
_HOLD = Ready(
    select(team.c.seq, team.c.clock_ms, team.c.epoch).where(team.c.team_id == bindparam("team")).with_for_update()
)
_BEARER = Ready(
    select(device.c.team_id, device.c.device, device.c.person, person.c.role, device.c.token_hash, device.c.standing)
    .select_from(device.join(person, (person.c.team_id == device.c.team_id) & (person.c.person == device.c.person)))
    .where(device.c.token_hash == bindparam("token"))
)


class SqlStore:
    """A `CentralStore` on a database named by its URL.

    `pause` waits some seconds before another try; `draws` as for `open_store`.
    """

    def __init__(
        self,
        engines: Engines,
        chain: AuditChain,
        pause: Callable[[float], object] = time.sleep,
        draws: Callable[[int], str] = secrets.token_hex,
    ) -> None:
        self._engines = engines
        self._chain = chain
        self._pause = pause
        self._draws = draws
        self._seen = Seen()

    def write(self, team_id: str, job: Callable[[SqlLedger], T]) -> T:
        seen = self._seen.of(team_id)

        def held(connection: Connection) -> T:
            ledger = SqlLedger(connection, team_id, self._chain, _held_head(connection, team_id))
            ledger.keep_seen(seen)
            return job(ledger)

        given = self._write(held)
        self._seen.are_kept(team_id, seen)
        return given

    def read(self, team_id: str, job: Callable[[SqlReading], T]) -> T:
        seen = self._seen.of(team_id)
        return self._read(lambda connection: job(SqlReading(connection, team_id, self._chain, seen)))

    def append(self, team_id: str, key: BlobKey, at: int, content: bytes, now_ms: int) -> Blob:
        return self._write(lambda connection: SqlBlobs(connection, team_id).append(key, at, content, now_ms))

    def saw(self, team_id: str, pace: Pace) -> None:
        if self._seen.add(team_id, pace):
            self.write(team_id, _nothing_more)

    def team_named(self, name: str) -> Team:
        fresh = self._draws(16)
        return self._write(lambda connection: _found_or_made(connection, name, fresh))

    def teams(self) -> Sequence[Team]:
        return self._read(lambda connection: [Team(*row) for row in connection.execute(_teams().order_by(team.c.name))])

    def bearer(self, token_hash: str) -> Bearer | None:
        found = self._read(lambda connection: _BEARER.one(connection, token=token_hash))
        return Bearer(*found) if found else None

    def code(self, code_hash: str) -> Code | None:
        columns = (enrol_code.c.team_id, enrol_code.c.person, enrol_code.c.hash, enrol_code.c.expires_ms)
        asked = select(*columns, enrol_code.c.used_ms).where(enrol_code.c.hash == code_hash)
        found = self._read(lambda connection: connection.execute(asked).first())
        return Code(*found) if found else None

    def team_of(self, *, person_id: str = "", device_name: str = "") -> str | None:
        asked = select(person.c.team_id).where(person.c.person == person_id)
        if device_name:
            asked = select(device.c.team_id).where(device.c.device == device_name)
        return self._read(lambda connection: connection.execute(asked).scalar())

    def note(self, event: Event, now_ms: int) -> None:
        self._write(lambda connection: self._chain.add(connection, ORGANISATION, [event], now_ms))

    def fact(self, name: str) -> str | None:
        return self._read(lambda connection: connection.execute(_fact(name)).scalar())

    def know(self, name: str, value: str, *, instead_of: str | None) -> bool:
        return self._write(lambda connection: _know(connection, name, value, instead_of))

    def begin_life(self, event: Event, now_ms: int, *, instead_of: str, beyond: int) -> str:
        fresh = self._draws(16)

        def begin(connection: Connection) -> str:
            if copying.begin_life(connection, fresh, beyond, instead_of=instead_of):
                self._chain.add(connection, ORGANISATION, [event], now_ms)
            return str(connection.execute(select(team.c.epoch).limit(1)).scalar_one())

        return self._write(begin)

    def copied(self, into: Callable[[Iterator[str]], T], beside: Beside | None = None) -> tuple[T, Marks]:
        """Hand every row, as it is at one moment, to `into`; give its answer and how far each device was taken.

        With `beside` the bytes of whole attachments go there.
        """
        marks: Marks = {}
        given = _once(self._engines.reading, lambda connection: into(copying.lines_of(connection, marks, beside)))
        return given, marks

    def flaws(self) -> Sequence[str]:
        try:
            return self._read(lambda connection: list(flaws(connection, self._chain)))
        except Corrupt:
            return ["unreadable"]

    def counts(self) -> Mapping[str, int]:
        return self._read(_counts)

    def close(self) -> None:
        with suppress(VisitError):
            for team_id in self._seen.teams():
                self.write(team_id, _nothing_more)
        self._engines.dispose()

    def _write(self, job: Callable[[Connection], T]) -> T:
        return self._persist(self._engines.writing, job)

    def _read(self, job: Callable[[Connection], T]) -> T:
        return self._persist(self._engines.reading, job)

    def _persist(self, engine: Engine, job: Callable[[Connection], T]) -> T:
        """Do the job in one transaction; again, from its start, when the database gave way."""
        for pause_s in self._engines.pauses_s:
            try:
                return _once(engine, job)
            except Unreachable:
                self._pause(pause_s * (0.5 + secrets.randbelow(1000) / 1000))
        return _once(engine, job)


def _once(engine: Engine, job: Callable[[Connection], T]) -> T:
    with plainly(), engine.begin() as connection:
        return job(connection)


def _nothing_more(_: SqlLedger) -> None:
    """For a transaction that only writes down who was seen."""


def _teams() -> Select[str, str, str]:
    return select(team.c.team_id, team.c.name, team.c.epoch)


def _held_head(connection: Connection, team_id: str) -> Head:
    found = _HOLD.one(connection, team=team_id)
    if found is None:
        raise NotFound("not_found", what="team")
    return Head(*found)


def _found_or_made(connection: Connection, name: str, fresh: str) -> Team:
    """Two who name the same new team at once get one: SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE)
    found = connection.execute(_teams().where(team.c.name == name)).first()
    if found:
        return Team(*found)
    epoch = connection.execute(select(team.c.epoch).limit(1)).scalar() or secrets.token_hex(16)
    row = {"team_id": fresh, "name": name, "epoch": epoch, "seq": 0, "clock_ms": 0}
    connection.execute(insert(team).values(row))
    return Team(fresh, name, epoch)


def _counts(connection: Connection) -> Mapping[str, int]:
    tables = metadata.sorted_tables
    return {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}


def _fact(name: str) -> Select[str]:
    return select(store_fact.c.value).where(store_fact.c.team_id == ORGANISATION, store_fact.c.name == name)


def _know(connection: Connection, name: str, value: str, instead_of: str | None) -> bool:
    """One statement that finds the old value or nothing: of two servers at once one is too late."""
    if instead_of is None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = {"team_id": ORGANISATION, "name": name, "value": value}
        fresh = dialect.insert(store_fact).values(row).on_conflict_do_nothing()
        return connection.execute(fresh.returning(store_fact.c.name)).first() is not None
    here = (store_fact.c.team_id == ORGANISATION, store_fact.c.name == name, store_fact.c.value == instead_of)
    return connection.execute(update(store_fact).where(*here).values(value=value)).rowcount > 0
