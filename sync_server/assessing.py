"""What the rules say of a customer, from what the central store has: the same rules that a phone asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from sync_server.families import family_in, survivors_in
from sync_server.kept import StoredRecord
from sync_server.store import CentralStore, Reading
from visit_core.errors import NotFound
from visit_core.fields import Fields
from visit_core.merge import is_gone
from visit_core.registers import fold
from visit_core.rules.assessing import HANGS_ON, Assessment, History, assess

KIND = "customer"
EVERYTHING = 1_000_000


@dataclass(frozen=True, slots=True)
class Assessed:
    """A customer's fields, and what follows from them and from all that hangs on them."""

    customer: Fields
    told: Assessment


def assessed(store: CentralStore, team: str, customer: str, today: date) -> Assessed:
    """The assessment of that day, of a merged customer that of the one that is left; NotFound if that team has none."""

    def read(reading: Reading) -> Assessed:
        gone = survivors_in(reading)
        whom = family_in(gone, customer)
        found = _there(reading.records([(KIND, whom[0])]).values())
        if not found:
            raise NotFound("not_found", field="id")
        fields = _fields(found[0])
        return Assessed(fields, assess(fields, _history(reading, whom, gone), today))

    return store.read(team, read)


def _history(reading: Reading, whom: Sequence[str], gone: Collection[str]) -> History:
    hanging = _there(reading.records_about(whom, HANGS_ON))
    of = {kind: [_fields(record) for record in hanging if record.kind == kind] for kind in HANGS_ON}
    others = (record for record in _there(reading.records_of(KIND, EVERYTHING)) if record.id not in gone)
    sent = (_fields(record).get("referrer_id") for record in others)
    return History(
        purchases=of["purchase"],
        visits=of["visit"],
        contacts=of["contact_record"],
        ratings=of["satisfaction_rating"],
        stages=of["lifecycle_event"],
        needs=of["need"],
        events=of["behaviour_event"],
        opportunities=of["opportunity"],
        referrals=sum(referrer in whom for referrer in sent),
    )


def _there(records: Collection[StoredRecord]) -> Sequence[StoredRecord]:
    return [record for record in records if not is_gone(record.cells)]


def _fields(record: StoredRecord) -> dict[str, JsonValue]:
    return fold(record.kind, {name: cell.value for name, cell in record.cells.items()})
