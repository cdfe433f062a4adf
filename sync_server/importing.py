"""A file's customers become records of a team, written by the server in the operator's name.

A customer who is here already, by name and number, is left alone: the same file twice changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from pydantic import JsonValue

from sync_server.kept import ORGANISATION, Event, Key, StoredRecord
from sync_server.merging import DEFINITION, MOST_DEFINITIONS, Merging
from sync_server.people import OPERATOR
from sync_server.store import CentralStore, Ledger
from visit_core.change import Registers
from visit_core.columns import headings_of
from visit_core.custom import custom_specs
from visit_core.errors import NotValid
from visit_core.fields import Specs, fields_of
from visit_core.ids import derived_id, new_id
from visit_core.kinds import kind_named
from visit_core.merge import is_gone
from visit_core.registers import fold, spread
from visit_core.rules.profile import flaws
from visit_core.shapes import Moment
from visit_core.tables import RowRead, read_table, records_from

KIND = "customer"
BATCH = 500
EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read: `columns` says of headings which field they are, "" to leave one out."""

    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


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


def gather(store: CentralStore, team: str, content: bytes, asked: Asked, now_ms: int) -> Gathered:
    """Read the file and leave out who is here already. Nothing is written."""
    here, fresh, refused, known = _known(store, team), list[Registers](), list[Refusal](), 0
    for read in _rows(content, asked, _own_fields(store, team), now_ms):
        refused += [Refusal(read.row, column, error) for column, error in read.refused]
        if read.refused:
            continue
        known += _who(read.fields) in here
        if _who(read.fields) not in here:
            here.add(_who(read.fields))
            fresh.append(spread(KIND, {}, read.fields))
    return Gathered(fresh, known, refused)


def bring_in(store: CentralStore, team: str, records: Sequence[Registers], now_ms: int) -> str:
    """Make the records, a batch in each transaction; give the id by which they can be taken back."""
    import_id = str(new_id(now_ms))
    for start in range(0, len(records), BATCH):
        batch = {
            (KIND, record_of_import(import_id, place)): registers
            for place, registers in enumerate(records[start : start + BATCH], start=start)
        }
        store.write(team, partial(_make, team=team, batch=batch, now_ms=now_ms))
    return import_id


def record_of_import(import_id: str, place: int) -> str:
    """The id of the record that an import makes at a place, from 0: who has the import's id finds them all."""
    return str(derived_id(int(import_id[:12], 16), f"import {import_id} {place}"))


def _rows(content: bytes, asked: Asked, own: Specs, now_ms: int) -> Iterator[RowRead]:
    """Each row with a new customer's defaults; one that breaks a rule between fields is refused."""
    moment = Moment(now_ms, datetime.fromtimestamp(now_ms / 1000, UTC).date(), slack_days=1)
    kind = kind_named(KIND)
    specs = {**fields_of(kind), **own}
    for name in asked.columns.values():
        if name and name not in specs:
            raise NotValid("unknown_field", field=name, name=name)
    table = read_table(content, headings_of(specs, asked.columns), asked.sheet)
    heading_by_field = {name: table.header[place] for place, name in table.columns.items()}
    for read in records_from(table, kind, moment, own):
        fields = kind.completed(read.fields)
        broken = [(heading_by_field.get(flaw.field or "", ""), flaw) for flaw in flaws(KIND, fields, specs)]
        yield RowRead(read.row, fields, (*read.refused, *broken))


def _own_fields(store: CentralStore, team: str) -> Specs:
    records = store.read(team, lambda reading: reading.records_of(DEFINITION, MOST_DEFINITIONS))
    return custom_specs(KIND, [fold(DEFINITION, _values(record)) for record in records if not is_gone(record.cells)])


def _make(ledger: Ledger, *, team: str, batch: Mapping[Key, Registers], now_ms: int) -> None:
    merging = Merging(ledger, team, now_ms, batch)
    fresh = {key: registers for key, registers in batch.items() if merging.record(key) is None}
    for key, registers in fresh.items():
        merging.server_sets(key, registers, by=ORGANISATION, op="create")
    merging.events.extend([Event(OPERATOR, "imported", {"records": len(fresh)})] if fresh else [])
    ledger.keep(merging.work())


def _known(store: CentralStore, team: str) -> set[tuple[JsonValue, JsonValue]]:
    records = store.read(team, lambda reading: reading.records_of(KIND, EVERYTHING))
    return {_who(_values(record)) for record in records if not is_gone(record.cells)}


def _values(record: StoredRecord) -> dict[str, JsonValue]:
    return {name: cell.value for name, cell in record.cells.items()}


def _who(fields: Mapping[str, JsonValue]) -> tuple[JsonValue, JsonValue]:
    return fields.get("name"), fields.get("mobile")
