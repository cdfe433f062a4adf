"""What customers do elsewhere, as other systems tell it: kept once each, in the name of whoever tells it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pydantic import JsonValue

from sync_server.auth import Principal
from sync_server.families import survivors_in
from sync_server.importing import BATCH, EVERYTHING, Asked, Gathered, Refusal, moment_at, table_of
from sync_server.kept import Event, Key
from sync_server.merging import Merging
from sync_server.store import CentralStore, Ledger
from visit_core.behaviour import EventRefused, EventsTaken, ToldEvent
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.fields import NO_CUSTOM, Fields, fields_of
from visit_core.ids import derived_id
from visit_core.kinds.behaviour_event import BehaviourEvent
from visit_core.merge import is_gone
from visit_core.registers import spread
from visit_core.rules.profile import flaws
from visit_core.rules.whom import Whom
from visit_core.shapes import Moment
from visit_core.tables import records_from

KIND = BehaviourEvent.kind_name
TOLD_BY = ("customer_id", "kind", "target", "at", "source")
"""What makes an event the same as another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many events were kept, and how many were here before."""

    fresh: int
    known: int


def take_events(store: CentralStore, principal: Principal, told: Sequence[ToldEvent], now_ms: int) -> EventsTaken:
    """Keep each event that can be read; twice is harmless."""
    whom, moment = whom_in(store, principal.team), moment_at(now_ms)
    good, refused = list[Registers](), list[EventRefused]()
    for place, one in enumerate(told):
        try:
            good.append(_checked(_read(one, whom, moment), moment))
        except NotValid as why:
            refused.append(EventRefused(place=place, field=why.field or "customer_id", why=why.why))
    kept = keep_events(store, principal.team, good, now_ms, by=principal.person)
    return EventsTaken(taken=kept.fresh, known=kept.known, refused=refused)


def gather_events(store: CentralStore, team: str, content: bytes, asked: Asked, now_ms: int) -> Gathered:
    """The events of a table, and each cell that cannot be read. Nothing is written."""
    moment, table = moment_at(now_ms), table_of(content, asked, KIND, NO_CUSTOM)
    headings = {name: table.header[place] for place, name in table.columns.items()}
    fresh, refused = list[Registers](), list[Refusal]()
    for row in records_from(table, BehaviourEvent, moment, whom=whom_in(store, team)):
        broken = [(column, why) for column, why in row.refused] or _flaws_of(row.fields, headings, moment)
        refused += [Refusal(row.row, column, why) for column, why in broken]
        if not broken:
            fresh.append(_whole(row.fields))
    return Gathered(fresh, 0, refused)


def keep_events(store: CentralStore, team: str, events: Sequence[Registers], now_ms: int, *, by: str) -> Kept:
    """Keep those that are not here yet, a batch in each transaction."""
    named = {(KIND, _id_of(event)): event for event in events}
    keys, fresh = list(named), 0
    for start in range(0, len(keys), BATCH):
        batch = {key: named[key] for key in keys[start : start + BATCH]}
        fresh += store.write(team, partial(_make, team=team, batch=batch, now_ms=now_ms, by=by))
    return Kept(fresh, len(events) - fresh)


def whom_in(store: CentralStore, team: str) -> Whom:
    """The customers of a team, by what names them; what names one who was merged means whoever is left."""
    records = store.read(team, lambda reading: reading.records_of("customer", EVERYTHING))
    gone = store.read(team, survivors_in)
    here = (one for one in records if not is_gone(one.cells))
    return Whom((gone.get(one.id, one.id), {name: cell.value for name, cell in one.cells.items()}) for one in here)


def _make(ledger: Ledger, *, team: str, batch: Mapping[Key, Registers], now_ms: int, by: str) -> int:
    merging = Merging(ledger, team, now_ms, batch)
    fresh = {key: registers for key, registers in batch.items() if merging.record(key) is None}
    for key, registers in fresh.items():
        merging.server_sets(key, registers, by=by, op="create")
    merging.events.extend([Event(by, "behaviour_told", {"records": len(fresh)})] if fresh else [])
    ledger.keep(merging.work())
    return len(fresh)


def _read(told: ToldEvent, whom: Whom, moment: Moment) -> dict[str, JsonValue]:
    specs = fields_of(BehaviourEvent)
    said = told.model_dump(exclude={"customer"})
    return {"customer_id": whom.meant(told.customer)} | {n: specs[n].read(value, moment) for n, value in said.items()}


def _checked(fields: Fields, moment: Moment) -> Registers:
    for flaw in flaws(KIND, fields, moment.today):
        raise flaw
    return _whole(fields)


def _flaws_of(fields: Fields, headings: Mapping[str, str], moment: Moment) -> list[tuple[str, NotValid]]:
    found: Iterable[NotValid] = flaws(KIND, fields, moment.today)
    return [(headings.get(flaw.field or "", ""), flaw) for flaw in found]


def _whole(fields: Fields) -> Registers:
    present = {name: value for name, value in fields.items() if value is not None}
    return spread(KIND, {}, BehaviourEvent.completed(present))


def _id_of(event: Registers) -> str:
    """The same event has the same id, whoever tells it how often; it sorts by when it happened."""
    about = " · ".join(_said(event))
    day = str(event.get("at") or "")[:10]
    return str(derived_id(int(datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp() * 1000), about))


def _said(event: Registers) -> Iterator[str]:
    return (str(event.get(name) or "") for name in TOLD_BY)
