"""One team's log and records as they stand in the tables, read behind the product's back."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from sync_server.kept import Logged, StoredRecord
from sync_server.schema import change_log, record
from sync_server.store_sql.record_rows import record_of
from sync_server.store_sql.rows import logged_of
from tests.world.world import World

Key = tuple[str, str]
SERVER = "server22"


@dataclass(frozen=True, slots=True)
class Books:
    """One team's log and records as they stand."""

    log: list[Logged]
    records: Mapping[Key, StoredRecord]
    floor: int


def read_books(world: World, team: str) -> Books:
    """As they stand now."""
    logs = select(change_log).where(change_log.c.team_id == team).order_by(change_log.c.device, change_log.c.n)
    found = world.office.asks(logs)
    stored = [record_of(row) for row in world.office.asks(select(record).where(record.c.team_id == team))]
    floor = world.office.store.read(team, lambda reading: reading.floor())
    return Books([logged_of(row) for row in found], {(one.kind, one.id): one for one in stored}, floor)
