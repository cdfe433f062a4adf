"""A file's customers become records of a team, written by the server in the operator's name.

A customer who is here already, by name and number, is left alone: the same file twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pydantic import JsonValue

from sync_server.kept import ORGANISATION, Event, Key
from sync_server.merging import Merging
from sync_server.people import OPERATOR
from sync_server.store import CentralStore, Ledger
from visit_core.change import Registers
from visit_core.columns import headings_of
from visit_core.errors import NotValid
from visit_core.fields import fields_of
from visit_core.ids import new_id
from visit_core.kinds import kind_named
from visit_core.registers import spread
from visit_core.shapes import Moment
from visit_core.tables import read_table, records_from

KIND = "customer"
BATCH = 500
_EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be taken, by its row in the file and its column's heading."""

    row: int
    column: str
    error: NotValid


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a file holds: records to make, how many are here already, and the rows refused."""

    fresh: Sequence[Registers]
    known: int
    refused: Sequence[Refusal]


def gather(store: CentralStore, team: str, content: bytes, now_ms: int) -> Gathered:
    """Read the file and leave out who is here already. Nothing is written."""
    moment = Moment(now_ms, datetime.fromtimestamp(now_ms / 1000, UTC).date(), slack_days=1)
    here, fresh, refused, known = _known(store, team), list[Registers](), list[Refusal](), 0
    kind = kind_named(KIND)
    for read in records_from(read_table(content, headings_of(fields_of(kind))), kind, moment):
        refused += [Refusal(read.row, column, error) for column, error in read.refused]
        if read.refused:
            continue
        known += _who(read.fields) in here
        if _who(read.fields) not in here:
            here.add(_who(read.fields))
            fresh.append(spread(KIND, {}, read.fields))
    return Gathered(fresh, known, refused)


def bring_in(store: CentralStore, team: str, records: Sequence[Registers], now_ms: int) -> None:
    """Make the records, a batch in each transaction."""
    for start in range(0, len(records), BATCH):
        batch = {(KIND, str(new_id(now_ms))): registers for registers in records[start : start + BATCH]}
        store.write(team, partial(_make, team=team, batch=batch, now_ms=now_ms))


def _make(ledger: Ledger, *, team: str, batch: Mapping[Key, Registers], now_ms: int) -> None:
    merging = Merging(ledger, team, now_ms, batch)
    fresh = {key: registers for key, registers in batch.items() if merging.record(key) is None}
    for key, registers in fresh.items():
        merging.server_sets(key, registers, by=ORGANISATION, op="create")
    merging.events.extend([Event(OPERATOR, "imported", {"records": len(fresh)})] if fresh else [])
    ledger.keep(merging.work())


def _known(store: CentralStore, team: str) -> set[tuple[JsonValue, JsonValue]]:
    records = store.read(team, lambda reading: reading.records_of(KIND, _EVERYTHING))
    return {_who({name: cell.value for name, cell in record.cells.items()}) for record in records}


def _who(fields: Mapping[str, JsonValue]) -> tuple[JsonValue, JsonValue]:
    return fields.get("name"), fields.get("mobile")
