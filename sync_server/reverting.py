"""One import taken back: its records go into the bin, but those that somebody has worked on since."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sync_server.facts import WHOSE, Sent, move_stages, sent_by
from sync_server.importing import BATCH, EVERYTHING, record_of_import
from sync_server.importing import KIND as CUSTOMER
from sync_server.kept import ORGANISATION, Event, Key, StoredRecord
from sync_server.merging import Merging, device_of
from sync_server.people import OPERATOR
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.errors import NotFound
from visit_core.ids import SERVER, is_id
from visit_core.kinds import ABOUT_A_CUSTOMER
from visit_core.merge import DELETED, is_gone
from visit_core.rules.assessing import MOVES_STAGE


@dataclass(frozen=True, slots=True)
class Reverted:
    """How many records went into the bin, and which stay because they have changed or a visit leads to them."""

    removed: int
    stay: tuple[str, ...]


def take_back(store: CentralStore, team: str, import_id: str, now_ms: int) -> Reverted:
    """Take one import back, a batch in each transaction; twice is harmless. NotFound if there is none of that id."""
    made = dict(_made(store, team, import_id)) if is_id(import_id) else {}
    if not made:
        raise NotFound("not_found", field="id")
    visits = store.read(team, lambda reading: reading.records_of("visit", EVERYTHING))
    visited = {visit.cells["customer_id"].value for visit in visits if "customer_id" in visit.cells}
    there = {key: record for key, record in made.items() if not is_gone(record.cells)}
    untouched = [key for key, record in there.items() if record.id not in visited and _is_as_made(record)]
    removed, sent = 0, store.read(team, sent_by)
    for start in range(0, len(untouched), BATCH):
        batch = untouched[start : start + BATCH]
        removed += store.write(team, partial(_remove, team=team, keys=batch, now_ms=now_ms, sent=sent))
    gone = set(untouched)
    return Reverted(removed, tuple(key[1] for key in there if key not in gone))


def _made(store: CentralStore, team: str, import_id: str) -> Iterator[tuple[Key, StoredRecord]]:
    """The records of an import, found by their ids until there are no more."""
    start, found, kind = 0, True, _kind_of(store, team, import_id)
    while found:
        keys = [(kind, record_of_import(import_id, place)) for place in range(start, start + BATCH)]
        records = store.read(team, partial(_records, keys))
        yield from records.items()
        start, found = start + BATCH, bool(records)


def _kind_of(store: CentralStore, team: str, import_id: str) -> str:
    """What an import brought, by the first record that it made; customers where there is none."""
    keys = [(kind, record_of_import(import_id, 0)) for kind in (CUSTOMER, *ABOUT_A_CUSTOMER)]
    return next((kind for kind, _ in store.read(team, partial(_records, keys))), CUSTOMER)


def _records(keys: Sequence[Key], reading: Reading) -> Mapping[Key, StoredRecord]:
    return reading.records(keys)


def _remove(ledger: Ledger, *, team: str, keys: Sequence[Key], now_ms: int, sent: Sent) -> int:
    records = ledger.records(keys).values()
    moved = {str(one.cells[WHOSE].value) for one in records if one.kind in MOVES_STAGE and WHOSE in one.cells}
    merging = Merging(ledger, team, now_ms, [*keys, *((CUSTOMER, customer) for customer in sorted(moved))])
    untouched = [key for key in keys if (record := merging.record(key)) and _is_as_made(record)]
    for key in untouched:
        merging.server_sets(key, {DELETED: True}, by=ORGANISATION, op="delete")
    move_stages(merging, moved, sent)
    merging.events.append(Event(OPERATOR, "import_reverted", {"records": len(untouched)}))
    ledger.keep(merging.work())
    return len(untouched)


def _is_as_made(record: StoredRecord) -> bool:
    """All of it was written at once, by the server."""
    cells = record.cells.values()
    return len({cell.seq for cell in cells}) == 1 and all(device_of(cell) == SERVER for cell in cells)
