"""A team's records in a file for the operator: masked, or in full for a reason that stands in the audit first."""

from dataclasses import dataclass, field

from pydantic import JsonValue

from sync_server.kept import Event, StoredRecord
from sync_server.merging import DEFINITION, MOST_DEFINITIONS
from sync_server.people import OPERATOR
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.cell_files import write_rows, write_sheet
from visit_core.custom import custom_specs
from visit_core.errors import NotValid
from visit_core.fields import Fields, Specs, fields_of
from visit_core.kinds import kind_named
from visit_core.locking import locked
from visit_core.masks import masked_fields
from visit_core.merge import is_gone
from visit_core.picklists import Language
from visit_core.registers import fold
from visit_core.tables import table_of

EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """How the file is wanted: in full only with a reason; a password locks a workbook as Excel does."""

    lang: Language
    reason: str = ""
    password: str = field(default="", repr=False)
    is_workbook: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """A table that is about to leave."""

    records: int
    content: bytes


def export(store: CentralStore, team: str, kind_name: str, wish: Wish, now_ms: int) -> Going:
    """The records of a kind that are not in the bin, oldest first. That they left is written down before they do.

    NotValid for a kind that nobody knows, and for a password where nothing can be locked.
    """
    kind = kind_named(kind_name)
    if wish.password and not wish.is_workbook:
        raise NotValid("export_password", field="file")
    records, own = store.read(team, lambda reading: (_records(reading, kind_name), _own_fields(reading, kind_name)))
    specs = {**fields_of(kind), **own}
    told = ({**(each if wish.reason else masked_fields(each, specs)), "id": each["id"]} for each in records)
    header, *rows = table_of(kind, told, wish.lang, own)
    content = write_sheet([header, *rows]) if wish.is_workbook else write_rows(header, rows)
    _write_down(store, team, kind_name, wish, len(rows), now_ms)
    return Going(len(rows), locked(content, wish.password) if wish.password else content)


def _records(reading: Reading, kind: str) -> list[Fields]:
    found = [one for one in reading.records_of(kind, EVERYTHING) if not is_gone(one.cells)]
    return [{**fold(kind, _values(one)), "id": one.id} for one in sorted(found, key=_made)]


def _made(record: StoredRecord) -> tuple[str, str]:
    """When it was made; the ids of one import do not sort."""
    created = record.cells.get("created_at")
    return created.at if created else "", record.id


def _own_fields(reading: Reading, kind: str) -> Specs:
    definitions = reading.records_of(DEFINITION, MOST_DEFINITIONS)
    return custom_specs(kind, [fold(DEFINITION, _values(one)) for one in definitions if not is_gone(one.cells)])


def _values(record: StoredRecord) -> dict[str, JsonValue]:
    return {name: cell.value for name, cell in record.cells.items() if cell.value is not None}


def _write_down(store: CentralStore, team: str, kind: str, wish: Wish, records: int, now_ms: int) -> None:
    """Masked ones, too: how much left, and when, is asked for afterwards."""
    facts: dict[str, str | int] = {"kind": kind, "records": records, "masked": int(not wish.reason)}
    event = Event(OPERATOR, "exported", facts | ({"reason": wish.reason} if wish.reason else {}))

    def told(ledger: Ledger) -> None:
        ledger.note([event], now_ms)

    store.write(team, told)
