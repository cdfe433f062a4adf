"""A file's purchases, visits and whatever else hangs on customers become records of a team.

A row names its customer by number, phone or name. What is here already, word for word, is left alone, so that the same
file twice changes nothing; a row that stands twice in a file is two records, and one that says less than a record made
elsewhere is a record of its own, which is told. A customer's stage follows what came in, by the rule that a phone asks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from pydantic import JsonValue

from sync_server.already import Already
from sync_server.behaviour import whom_in
from sync_server.families import survivors_in
from sync_server.importing import (
    BATCH,
    EVENT,
    EVERYTHING,
    STAGE,
    Asked,
    Gathered,
    Refusal,
    moment_at,
    own_fields,
    record_of_import,
    table_of,
)
from sync_server.kept import ORGANISATION, Event, Key, StoredRecord
from sync_server.merging import Merging
from sync_server.people import OPERATOR
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.fields import Fields, Specs, fields_of
from visit_core.ids import derived_id, new_id
from visit_core.kinds import kind_named
from visit_core.merge import is_gone
from visit_core.registers import fold, spread
from visit_core.rules.assessing import MOVES_STAGE, History, assess
from visit_core.rules.profile import flaws
from visit_core.shapes import Moment
from visit_core.stamp import instant
from visit_core.tables import Table, records_from

CUSTOMER, WHOSE = "customer", "customer_id"
Sent = Mapping[JsonValue, int]
"""How many customers each customer sent to us."""


def gather_facts(store: CentralStore, team: str, kind: str, content: bytes, asked: Asked, now_ms: int) -> Gathered:
    """Read the file and leave out what is here already. Nothing is written."""
    own, moment = own_fields(store, team, kind), moment_at(now_ms)
    table = table_of(content, asked, kind, own)
    here = store.read(team, partial(_here, kind=kind, own=own))
    fresh, refused, alike, known = list[Registers](), list[Refusal](), list[int](), 0
    for row in records_from(table, kind_named(kind), moment, own, whom=whom_in(store, team)):
        fields = kind_named(kind).completed(row.fields)
        broken = row.refused or tuple(_broken(kind, fields, table, moment, own))
        refused += [Refusal(row.row, column, error) for column, error in broken]
        is_known = not broken and here.has(row.fields)
        known += is_known
        if not broken and not is_known:
            fresh.append(spread(kind, {}, fields))
            alike += [row.row] if here.has_more_of(row.fields) else []
    return Gathered(fresh, known, refused, alike)


def _here(reading: Reading, kind: str, own: Specs) -> Already:
    specs = {**fields_of(kind_named(kind)), **own}
    return Already(reading.records_of(kind, EVERYTHING), specs, survivors_in(reading))


def bring_in_facts(store: CentralStore, team: str, kind: str, records: Sequence[Registers], now_ms: int) -> str:
    """Make the records, a batch in each transaction; give the id by which they can be taken back."""
    import_id, sent = str(new_id(now_ms)), store.read(team, sent_by)
    for start in range(0, len(records), BATCH):
        batch = {
            (kind, record_of_import(import_id, place)): registers
            for place, registers in enumerate(records[start : start + BATCH], start=start)
        }
        store.write(team, partial(_make, team=team, batch=batch, now_ms=now_ms, sent=sent))
    return import_id


def _broken(kind: str, fields: Fields, table: Table, moment: Moment, own: Specs) -> Iterator[tuple[str, NotValid]]:
    headings = {name: table.header[place] for place, name in table.columns.items()}
    for flaw in flaws(kind, fields, moment.today, {**fields_of(kind_named(kind)), **own}):
        yield headings.get(flaw.field or "", ""), flaw


def _make(ledger: Ledger, *, team: str, batch: Mapping[Key, Registers], now_ms: int, sent: Sent) -> None:
    moved = {str(told[WHOSE]) for (kind, _), told in batch.items() if kind in MOVES_STAGE and told.get(WHOSE)}
    merging = Merging(ledger, team, now_ms, [*batch, *((CUSTOMER, one) for one in sorted(moved))])
    fresh = {key: registers for key, registers in batch.items() if merging.record(key) is None}
    merging.expect(moved)
    for key, registers in fresh.items():
        merging.server_sets(key, registers, by=ORGANISATION, op="create")
    if fresh:
        move_stages(merging, moved, sent)
    merging.events.extend([Event(OPERATOR, "imported", {"records": len(fresh)})] if fresh else [])
    ledger.keep(merging.work())


def move_stages(merging: Merging, customers: Iterable[str], sent: Sent) -> None:
    """Each customer's stage as it follows from what stands now, and an event that tells why."""
    for customer in sorted(customers):
        _move_stage(merging, customer, sent)


def _move_stage(merging: Merging, customer: str, sent: Sent) -> None:
    record = merging.record((CUSTOMER, customer))
    if record is None or is_gone(record.cells):
        return
    fields = _fields(record)
    staged = assess(fields, _history(merging, customer, sent), moment_at(merging.server_ms).today).staged
    if staged.stage == fields.get(STAGE):
        return
    event = str(derived_id(merging.server_ms, f"stage of {customer} at {record.seq}"))
    moved = {WHOSE: customer, "from": fields.get(STAGE), "to": staged.stage, "cause": "rule", "reason": staged.why}
    told = kind_named(EVENT).completed({**moved, "at": instant(merging.server_ms)})
    merging.server_sets((CUSTOMER, customer), {STAGE: staged.stage}, by=ORGANISATION)
    merging.server_sets((EVENT, event), spread(EVENT, {}, told), by=ORGANISATION, op="create")


def _history(merging: Merging, customer: str, sent: Sent) -> History:
    return History(
        purchases=merging.about(customer, "purchase"),
        visits=merging.about(customer, "visit"),
        contacts=merging.about(customer, "contact_record"),
        ratings=merging.about(customer, "satisfaction_rating"),
        stages=merging.about(customer, EVENT),
        needs=merging.about(customer, "need"),
        events=merging.about(customer, "behaviour_event"),
        opportunities=merging.about(customer, "opportunity"),
        referrals=sent.get(customer, 0),
    )


def sent_by(reading: Reading) -> Sent:
    """How many customers each customer sent to us."""
    gone = survivors_in(reading)
    others = (record for record in reading.records_of(CUSTOMER, EVERYTHING) if not is_gone(record.cells))
    senders = (_fields(record).get("referrer_id") for record in others if record.id not in gone)
    return Counter(gone.get(str(sender), str(sender)) for sender in senders if sender)


def _fields(record: StoredRecord) -> dict[str, JsonValue]:
    return fold(record.kind, {name: cell.value for name, cell in record.cells.items()})
