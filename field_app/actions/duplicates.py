"""疑似重复: the pairs of customers who may be one, and what was said of others; for supervisors."""

from dataclasses import dataclass
from datetime import date

from field_app.actions.everybody import names_in
from field_app.actions.in_mind import hanging
from field_app.actions.latecomers import late_at
from field_app.actions.merging import may_be_undone
from field_app.actions.twins import Known, known_customers
from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.survivors import CUSTOMER, MERGE
from visit_core.rules.duplicates import Pair, pairs


@dataclass(frozen=True, slots=True)
class Suspects:
    """Two customers who may be one, and how often somebody called on each."""

    pair: Pair[Known]
    visits: tuple[int, int]


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

    pairs: tuple[Suspects, ...]
    said: tuple[Said, ...]
    today: date


def load(store: LocalStore, _about: str = "") -> Duplicates:
    """As this device knows it."""
    found = pairs(known_customers(store), lambda one: one.trace, lambda one: one.id, _apart(store))
    visits = hanging(store, "visit")

    def count(one: Known) -> int:
        return len(visits[one.id].views) if one.id in visits else 0

    suspects = tuple(Suspects(pair, (count(pair.one), count(pair.other))) for pair in found)
    return Duplicates(suspects, said_here(store), store.moment().today)


def said_here(store: LocalStore) -> tuple[Said, ...]:
    """Everything that was said, the latest first."""
    names = names_in(store)
    told = [_said(store, view, dict(names)) for view in store.find(MERGE)]
    return tuple(sorted(told, key=lambda each: (each.at, each.id), reverse=True))


def waiting(store: LocalStore) -> int:
    """How many pairs nobody has spoken of."""
    return len(pairs(known_customers(store), lambda one: one.trace, lambda one: one.id, _apart(store)))


def _apart(store: LocalStore) -> frozenset[frozenset[str]]:
    """Of whom somebody said that they are two; by those that are left of them today."""
    told = store.find(MERGE, {"state": "apart"})
    of = store.survivors.of
    return frozenset(frozenset(of(str(view.fields.get(name))) for name in ("customer_id", "other_id")) for view in told)


def _said(store: LocalStore, view: View, names: dict[str, str]) -> Said:
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
