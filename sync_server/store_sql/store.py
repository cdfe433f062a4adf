"""The central store: transactions in one team, and the few look-ups across teams."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Select, func, insert, select

from sync_server.kept import ORGANISATION, Bearer, Code, Event, Team
from sync_server.migrations.standing import bring_up_to_date, is_up_to_date
from sync_server.schema import device, enrol_code, metadata, person, team
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.checks import flaws
from sync_server.store_sql.engine import Engines, open_engines
from sync_server.store_sql.failures import plainly
from sync_server.store_sql.ledger import SqlLedger
from sync_server.store_sql.reading import SqlReading
from visit_core.errors import Corrupt, NotFound


class SqlStore:
    """A `CentralStore` on a database named by its URL."""

    def __init__(self, engines: Engines, chain: AuditChain) -> None:
        self._engines = engines
        self._chain = chain

    @contextmanager
    def writing(self, team_id: str) -> Iterator[SqlLedger]:
        with self._write() as connection:
            _hold_head(connection, team_id)
            yield SqlLedger(connection, team_id, self._chain)

    @contextmanager
    def reading(self, team_id: str) -> Iterator[SqlReading]:
        with self._read() as connection:
            yield SqlReading(connection, team_id)

    def team_named(self, name: str) -> Team:
        with self._write() as connection:
            found = connection.execute(_teams().where(team.c.name == name)).first()
            if found:
                return Team(*found)
            fresh = Team(secrets.token_hex(16), name, self._epoch(connection))
            row = {"team_id": fresh.id, "name": name, "epoch": fresh.epoch, "seq": 0, "clock_ms": 0}
            connection.execute(insert(team).values(row))
            return fresh

    def teams(self) -> Sequence[Team]:
        with self._read() as connection:
            return [Team(*row) for row in connection.execute(_teams().order_by(team.c.name))]

    def bearer(self, token_hash: str) -> Bearer | None:
        columns = (device.c.team_id, device.c.device, device.c.person, person.c.role)
        joined = device.join(person, (person.c.team_id == device.c.team_id) & (person.c.person == device.c.person))
        asked = select(*columns, device.c.token_hash, device.c.standing).select_from(joined)
        with self._read() as connection:
            found = connection.execute(asked.where(device.c.token_hash == token_hash)).first()
        return Bearer(*found) if found else None

    def code(self, code_hash: str) -> Code | None:
        columns = (enrol_code.c.team_id, enrol_code.c.person, enrol_code.c.hash, enrol_code.c.expires_ms)
        asked = select(*columns, enrol_code.c.used_ms).where(enrol_code.c.hash == code_hash)
        with self._read() as connection:
            found = connection.execute(asked).first()
        return Code(*found) if found else None

    def team_of(self, *, person_id: str = "", device_name: str = "") -> str | None:
        asked = select(person.c.team_id).where(person.c.person == person_id)
        if device_name:
            asked = select(device.c.team_id).where(device.c.device == device_name)
        with self._read() as connection:
            return connection.execute(asked).scalar()

    def note(self, event: Event, now_ms: int) -> None:
        with self._write() as connection:
            self._chain.add(connection, ORGANISATION, [event], now_ms)

    def flaws(self) -> Sequence[str]:
        try:
            with self._read() as connection:
                return list(flaws(connection, self._chain))
        except Corrupt:
            return ["unreadable"]

    def counts(self) -> Mapping[str, int]:
        with self._read() as connection:
            tables = metadata.sorted_tables
            return {one.name: connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables}

    def close(self) -> None:
        self._engines.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with plainly(), self._engines.writing.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with plainly(), self._engines.reading.begin() as connection:
            yield connection

    @staticmethod
    def _epoch(connection: Connection) -> str:
        """One life of the store, so one epoch for all of its teams."""
        return connection.execute(select(team.c.epoch).limit(1)).scalar() or secrets.token_hex(16)


def make_store(url: str, key: bytes) -> None:
    """Make the tables, or bring an older store up to date."""
    engines = open_engines(url, key, readers=1)
    try:
        with engines.writing.begin() as connection:
            bring_up_to_date(connection)
    finally:
        engines.dispose()


def open_store(url: str, key: bytes, audit_key: bytes, *, readers: int = 4) -> SqlStore:
    """The store at `url`; Corrupt unless it opens with `key` and has had every migration."""
    engines = open_engines(url, key, readers)
    with plainly(), engines.reading.begin() as connection:
        current = is_up_to_date(connection)
    if not current:
        engines.dispose()
        raise Corrupt(why="not_migrated")
    return SqlStore(engines, AuditChain(audit_key))


def _teams() -> Select[str, str, str]:
    return select(team.c.team_id, team.c.name, team.c.epoch)


def _hold_head(connection: Connection, team_id: str) -> None:
    held = select(team.c.team_id).where(team.c.team_id == team_id).with_for_update()
    if connection.execute(held).first() is None:
        raise NotFound("not_found", what="team")
