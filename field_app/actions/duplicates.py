"""疑似重复: the pairs of customers who may be one, and what was said of others; for supervisors."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from field_app.actions.comparing import Difference, differences
from field_app.actions.declared import specs_here
from field_app.actions.everybody import Names, names_in
from field_app.actions.facts import names_of
from field_app.actions.happenings import made_at
from field_app.actions.in_mind import Hanging, hanging
from field_app.actions.latecomers import late_at
from field_app.actions.merging import may_be_undone
from field_app.drawing import View
from field_app.gists import Wanted
from field_app.local_store import LocalStore
from field_app.survivors import CUSTOMER, MERGE
from visit_core import phones
from visit_core.fields import Specs
from visit_core.kinds.customer import Customer
from visit_core.rules.doors import address_key, household_key
from visit_core.rules.duplicates import Pair, pairs
from visit_core.rules.twins import Trace


@dataclass(frozen=True, slots=True)
class Somebody:
    """A customer as far as one tells two apart; the number is masked."""

    id: str
    name: str
    phone: str
    address: str
    household: str  # id
    trace: Trace
    visits: int = 0
    made_at: str = ""  # an instant


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of two customers."""

    id: str
    customer: str  # id
    other: str  # id
    name: str
    other_name: str
    state: str
    by: str
    at: str
    is_in_force: bool  # the other leads to this customer now
    may_be_undone: bool
    late: int  # fields that somebody has written into the merged one since


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All pairs, those at one door first; and what was said, the latest first."""

    pairs: tuple[Pair[Somebody], ...]
    said: tuple[Said, ...]
    today: date


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One pair to be spoken of; the older stands first, and is the one that is kept."""

    kept: Somebody
    other: Somebody
    differences: tuple[Difference, ...]
    specs: Specs
    name_by_id: Mapping[str, str]
    today: date


def load(store: LocalStore, _about: str = "") -> Duplicates:
    """As this device knows it."""
    return Duplicates(tuple(_pairs(store)), said_here(store), store.moment().today)


def load_pair(store: LocalStore, about: str) -> SideBySide | None:
    """The pair of the two ids in `about`; None where somebody has spoken of it by now."""
    both = set(about.split("."))
    pair = next((each for each in _pairs(store) if {each.one.id, each.other.id} == both), None)
    views = [store.view(CUSTOMER, each.id) for each in (pair.one, pair.other)] if pair else []
    kept, other = views if len(views) == 2 else (None, None)
    if pair is None or kept is None or other is None:
        return None
    names = {**names_of(store, CUSTOMER, kept.fields), **names_of(store, CUSTOMER, other.fields)}
    found = tuple(differences(store, kept, other))
    return SideBySide(pair.one, pair.other, found, specs_here(store, Customer), names, store.moment().today)


def waiting(store: LocalStore) -> int:
    """How many pairs nobody has spoken of."""
    return len(_pairs(store))


def said_here(store: LocalStore) -> tuple[Said, ...]:
    """Everything that was said, the latest first."""
    names = names_in(store)
    told = [_said(store, view, names) for view in store.find(MERGE)]
    return tuple(sorted(told, key=lambda each: (each.at, each.id), reverse=True))


def _pairs(store: LocalStore) -> list[Pair[Somebody]]:
    gone = store.survivors.all()
    doors = {view.id: household_key(view.fields) for view in store.find("household")}
    known = [_at_home(one, doors) for one in store.gists.of(_WANTED) if one and one.id not in gone]
    found = pairs(known, lambda one: one.trace, lambda one: one.id, _apart(store))
    visits = hanging(store, "visit")
    return [replace(each, one=_visited(each.one, visits), other=_visited(each.other, visits)) for each in found]


def _somebody(view: View) -> Somebody | None:
    if view.is_deleted:
        return None
    said = {name: str(view.fields.get(name) or "") for name in _FIELDS}
    shown = phones.masked(said["mobile"]) if said["mobile"] else ""
    trace = Trace(phones.digits(said["mobile"]), said["name"], address_key(said["address_detail"]))
    return Somebody(view.id, said["name"], shown, said["address_detail"], said["household_id"], trace)


_FIELDS = ("name", "mobile", "address_detail", "household_id")
_WANTED = Wanted(CUSTOMER, _somebody, _FIELDS)


def _at_home(one: Somebody, doors: Mapping[str, str]) -> Somebody:
    door = doors.get(one.household)
    return replace(one, trace=replace(one.trace, door=door)) if door else one


def _visited(one: Somebody, visits: Mapping[str, Hanging]) -> Somebody:
    return replace(one, visits=len(visits[one.id].views) if one.id in visits else 0, made_at=made_at(one.id))


def _apart(store: LocalStore) -> frozenset[frozenset[str]]:
    """Of whom somebody said that they are two; by those that are left of them today."""
    told = store.find(MERGE, {"state": "apart"})
    of = store.survivors.of
    return frozenset(frozenset(of(str(view.fields.get(name))) for name in ("customer_id", "other_id")) for view in told)


def _said(store: LocalStore, view: View, names: Names) -> Said:
    told = view.fields
    customer, other = (str(told.get(name)) for name in ("customer_id", "other_id"))
    merged = store.itself(CUSTOMER, other)
    is_in_force = bool(merged and merged.fields.get("merged_into") == customer and told.get("state") == "merged")
    return Said(
        id=view.id,
        customer=customer,
        other=other,
        name=names.get(customer, ""),
        other_name=names.get(other, ""),
        state=str(told.get("state")),
        by=names.get(str(told.get("decided_by")), ""),
        at=str(told.get("decided_at") or ""),
        is_in_force=is_in_force,
        may_be_undone=may_be_undone(store, told),
        late=sum(late.other == other for late in late_at(store, customer)) if is_in_force else 0,
    )
