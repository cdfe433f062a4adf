"""Customers of a team who may be written down twice, as the central store knows them: masked, for those who answer."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from sync_server.families import CUSTOMER, EVERYTHING, MERGE, family_in, said_of, survivors_in
from sync_server.kept import StoredRecord
from sync_server.store import CentralStore, Reading
from visit_core import phones
from visit_core.merge import is_gone
from visit_core.registers import fold
from visit_core.rules.doors import address_key, household_key
from visit_core.rules.duplicates import pairs
from visit_core.rules.twins import Trace


class SuspectShown(BaseModel):
    """One of two customers; the number is masked."""

    id: str
    name: str
    phone: str


class PairShown(BaseModel):
    """Two who may be one, the older first: by `number` or `name_and_door`."""

    by: str
    same_door: bool
    customers: list[SuspectShown]


def duplicates_in(store: CentralStore, team: str, limit: int) -> list[PairShown]:
    """The pairs that nobody has spoken of, those at one door first."""
    return store.read(team, _pairs)[:limit]


def _pairs(reading: Reading) -> list[PairShown]:
    gone, doors = survivors_in(reading), _doors(reading)
    here = [one for one in reading.records_of(CUSTOMER, EVERYTHING) if one.id not in gone and not is_gone(one.cells)]
    found = pairs(here, lambda one: _trace(one, doors), lambda one: one.id, _apart(reading, gone))
    return [
        PairShown(by=pair.by, same_door=pair.is_at_one_door, customers=[_shown(pair.one), _shown(pair.other)])
        for pair in found
    ]


def _doors(reading: Reading) -> dict[str, str]:
    households = reading.records_of("household", EVERYTHING)
    told = {one.id: fold(one.kind, {name: cell.value for name, cell in one.cells.items()}) for one in households}
    return {id: household_key(fields) for id, fields in told.items()}


def _apart(reading: Reading, gone: Mapping[str, str]) -> set[frozenset[str]]:
    said = [one for one in reading.records_of(MERGE, EVERYTHING) if said_of(one, "state") == "apart"]
    both = (_both(one) for one in said)
    return {frozenset(family_in(gone, one)[0] for one in two) for two in both}


def _both(said: StoredRecord) -> Sequence[str]:
    return said_of(said, "customer_id"), said_of(said, "other_id")


def _trace(one: StoredRecord, doors: Mapping[str, str]) -> Trace:
    door = doors.get(said_of(one, "household_id")) or address_key(said_of(one, "address_detail"))
    return Trace(phones.digits(said_of(one, "mobile")), said_of(one, "name"), door)


def _shown(one: StoredRecord) -> SuspectShown:
    number = said_of(one, "mobile")
    return SuspectShown(id=one.id, name=said_of(one, "name"), phone=phones.masked(number) if number else "")
