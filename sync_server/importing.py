"""A file's customers become records of a team, written by the server in the operator's name.

A customer who is here already, by name and number, is left alone: the same file twice changes nothing. A row that
brings another customer's number is refused, and one that brings none is given one.
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
from visit_core.ids import SERVER, customer_number, derived_id, new_id
from visit_core.kinds import kind_named
from visit_core.merge import is_gone
from visit_core.registers import fold, spread
from visit_core.rules.profile import flaws
from visit_core.shapes import Moment
from visit_core.stamp import instant
from visit_core.tables import RowRead, Table, read_table, records_from

KIND, CODE = "customer", "code"
EVENT, STAGE, FIRST_STAGE = "lifecycle_event", "lifecycle_stage", "lead"
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
    """What a file holds: records to make, how many are here already, the rows refused, and those of the rows taken
    that may be here with more words."""

    fresh: Sequence[Registers]
    known: int
    refused: Sequence[Refusal]
    alike: Sequence[int] = ()


def gather(store: CentralStore, team: str, content: bytes, asked: Asked, now_ms: int) -> Gathered:
    """Read the file and leave out who is here already. Nothing is written."""
    here, own = _here(store, team), own_fields(store, team, KIND)
    table = table_of(content, asked, KIND, own)
    headings = {name: table.header[place] for place, name in table.columns.items()}
    fresh, refused, known = list[Registers](), list[Refusal](), 0
    for read in _rows(table, headings, own, now_ms):
        is_known = not read.refused and _who(read.fields) in here.people
        flaws = () if is_known else (*read.refused, *here.flaws(read.fields, headings))
        refused += [Refusal(read.row, column, error) for column, error in flaws]
        known += is_known
        if not is_known and not flaws:
            here.add(read.fields)
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


def table_of(content: bytes, asked: Asked, kind: str, own: Specs) -> Table:
    """The table of a file; NotValid where there is none, or a column is to be a field that there is not."""
    specs = {**fields_of(kind_named(kind)), **own}
    for name in asked.columns.values():
        if name and name not in specs:
            raise NotValid("unknown_field", field=name, name=name)
    return read_table(content, headings_of(specs, asked.columns), asked.sheet)


def _rows(table: Table, headings: Mapping[str, str], own: Specs, now_ms: int) -> Iterator[RowRead]:
    """Each row with a new customer's defaults; one that breaks a rule between fields is refused."""
    moment = moment_at(now_ms)
    kind = kind_named(KIND)
    specs = {**fields_of(kind), **own}
    for read in records_from(table, kind, moment, own):
        fields = kind.completed(read.fields)
        found = (*flaws(KIND, fields, moment.today, specs), *_unasked_place(fields))
        broken = [(headings.get(flaw.field or "", ""), flaw) for flaw in found]
        yield RowRead(read.row, fields, (*read.refused, *broken))


def _unasked_place(fields: Mapping[str, JsonValue]) -> Iterator[NotValid]:
    """Nobody whom a file brings was asked yet whether their exact place may be kept."""
    yield from (NotValid("no_place_consent", field=name) for name in ("lat", "lng") if fields.get(name) is not None)


def moment_at(now_ms: int) -> Moment:
    """Now, for reading what a file says: it may be tomorrow already where it was written."""
    return Moment(now_ms, datetime.fromtimestamp(now_ms / 1000, UTC).date(), slack_days=1)


def own_fields(store: CentralStore, team: str, kind: str) -> Specs:
    """The team's own fields of a kind."""
    records = store.read(team, lambda reading: reading.records_of(DEFINITION, MOST_DEFINITIONS))
    return custom_specs(kind, [fold(DEFINITION, _values(record)) for record in records if not is_gone(record.cells)])


def _make(ledger: Ledger, *, team: str, batch: Mapping[Key, Registers], now_ms: int) -> None:
    merging = Merging(ledger, team, now_ms, batch)
    fresh = {key: registers for key, registers in batch.items() if merging.record(key) is None}
    for key, registers in fresh.items():
        merging.server_sets(key, {CODE: _number(merging), **registers}, by=ORGANISATION, op="create")
        if registers.get(STAGE) not in (None, FIRST_STAGE):
            _tell_stage(merging, key[1], registers[STAGE])
    merging.events.extend([Event(OPERATOR, "imported", {"records": len(fresh)})] if fresh else [])
    ledger.keep(merging.work())


def _tell_stage(merging: Merging, customer: str, stage: JsonValue) -> None:
    """A stage that the file says is somebody's word, told as when a phone hears it: no rule moves it on."""
    at = instant(merging.server_ms)
    moved = {"customer_id": customer, "from": FIRST_STAGE, "to": stage, "at": at, "cause": "manual"}
    event = str(derived_id(merging.server_ms, f"stage of {customer}"))
    told = spread(EVENT, {}, kind_named(EVENT).completed(moved))
    merging.server_sets((EVENT, event), told, by=ORGANISATION, op="create")


def _number(merging: Merging) -> str:
    """The server counts all that it writes: no number comes twice, nor after a restore, which begins another life."""
    maker = f"{SERVER}-{merging.life}" if merging.life else SERVER
    return customer_number(maker, merging.mark(SERVER).last_n + 1)


def _here(store: CentralStore, team: str) -> "_Here":
    records = store.read(team, lambda reading: reading.records_of(KIND, EVERYTHING))
    here = _Here()
    for record in records:
        if not is_gone(record.cells):
            here.add(_values(record))
    return here


@dataclass(frozen=True, slots=True)
class _Here:
    """Who is a customer already, and which numbers are somebody's."""

    people: set[tuple[JsonValue, JsonValue]] = field(default_factory=set)
    numbers: set[JsonValue] = field(default_factory=set)

    def add(self, fields: Mapping[str, JsonValue]) -> None:
        self.people.add(_who(fields))
        if fields.get(CODE):
            self.numbers.add(fields[CODE])

    def flaws(self, fields: Mapping[str, JsonValue], headings: Mapping[str, str]) -> Iterator[tuple[str, NotValid]]:
        if fields.get(CODE) in self.numbers:
            yield headings.get(CODE, CODE), NotValid("customer_code_taken", field=CODE)


def _values(record: StoredRecord) -> dict[str, JsonValue]:
    return {name: cell.value for name, cell in record.cells.items()}


def _who(fields: Mapping[str, JsonValue]) -> tuple[JsonValue, JsonValue]:
    return fields.get("name"), fields.get("mobile")
