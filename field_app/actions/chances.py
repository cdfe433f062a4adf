"""潜在销售机会: whom a sale may come of now, the likeliest first, each with the reasons; and the step to a visit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from field_app.actions import records
from field_app.actions.in_mind import Hanging, hanging, in_mind
from field_app.actions.promises import is_mine, is_open
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.fields import Fields
from visit_core.rules.assessing import promise_of
from visit_core.rules.chances import Chance, Signals, chance_of

KINDS = ("need", "purchase", "behaviour_event", "opportunity")


@dataclass(frozen=True, slots=True)
class LikelyCustomer:
    """One customer on the list."""

    id: str
    name: str
    address: str
    chance: Chance
    is_planned: bool  # somebody has promised to see to it already


@dataclass(frozen=True, slots=True)
class Chances:
    """All who are on it, the likeliest first."""

    likely: tuple[LikelyCustomer, ...]


def load(store: LocalStore, _about: str = "") -> Chances:
    """As it is today. Who wants no visits, or no marketing, is not on it."""
    hangs = {kind: hanging(store, kind) for kind in KINDS}
    planned, today = _planned(store), store.moment().today
    likely = []
    for view in in_mind(store, "customer"):
        if view.fields.get("do_not_visit") is True or view.fields.get("marketing_opt_out") is True:
            continue
        chance = chance_of(_signals(view, hangs), today)
        if chance.is_listed:
            likely.append(_likely(view, chance, is_planned=view.id in planned))
    return Chances(tuple(sorted(likely, key=lambda one: (one.is_planned, -one.chance.score, one.id))))


def plan(store: LocalStore, customer: str, title: str) -> str:
    """Promise to see to a customer tomorrow; give the id of the promise."""
    tomorrow = store.moment().today + timedelta(days=1)
    told = {"customer_id": customer, "title": title, "kind": "revisit", "due_date": tomorrow.isoformat()}
    return records.add(store, "followup", told)


def _signals(customer: View, hangs: Mapping[str, Mapping[str, Hanging]]) -> Signals:
    of = {kind: _fields(found.get(customer.id)) for kind, found in hangs.items()}
    promise = 0 if of["purchase"] else promise_of(customer.fields)
    return Signals(of["need"], of["purchase"], of["behaviour_event"], of["opportunity"], promise)


def _fields(hanging: Hanging | None) -> Sequence[Fields]:
    return [view.fields for view in hanging.views] if hanging else ()


def _likely(view: View, chance: Chance, *, is_planned: bool) -> LikelyCustomer:
    said = {name: str(view.fields.get(name) or "") for name in ("name", "address_detail")}
    return LikelyCustomer(view.id, said["name"], said["address_detail"], chance, is_planned)


def _planned(store: LocalStore) -> frozenset[str]:
    """To whom something is promised that is still to be kept."""
    return frozenset(_promised(store))


def _promised(store: LocalStore) -> Iterator[str]:
    visits = hanging(store, "visit")
    waiting = (view for view in in_mind(store, "followup") if is_open(view, visits) and is_mine(store, view))
    return (str(view.fields.get("customer_id") or "") for view in waiting)
