"""What one wants to know of a customer before knocking."""

from dataclasses import dataclass

from field_app.actions.wanted_places import keeps_no_place
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core import phones
from visit_core.fields import Fields


@dataclass(frozen=True, slots=True)
class LastVisit:
    """What came of the last call at this door."""

    at: str
    outcome: str
    said: str


@dataclass(frozen=True, slots=True)
class Door:
    """A customer, as one stands before the door; the number is masked."""

    customer_id: str
    name: str
    phone: str
    address: str
    do_not_visit: bool
    last: LastVisit | None
    keeps_no_place: bool = False  # a visit is kept without its coordinates: the customer said no


def door(store: LocalStore, customer_id: str) -> Door | None:
    """The customer, or None if this device has none of that id."""
    view = store.view("customer", customer_id)
    if view is None:
        return None
    number = view.fields.get("mobile")
    return Door(
        customer_id=view.id,
        name=str(view.fields.get("name") or ""),
        phone=phones.masked(str(number)) if number else "",
        address=str(view.fields.get("address_detail") or ""),
        do_not_visit=view.fields.get("do_not_visit") is True,
        last=_told(last_visit(store, view.id)),
        keeps_no_place=keeps_no_place(store, view.id),
    )


def last_visit(store: LocalStore, customer_id: str) -> View | None:
    """The latest visit to a customer, by the time of arrival."""
    visits = store.find("visit", {"customer_id": customer_id})
    return max(visits, key=lambda each: str(each.fields.get("check_in_at") or ""), default=None)


def _told(visit: View | None) -> LastVisit | None:
    if visit is None:
        return None
    at, outcome = (str(visit.fields.get(name) or "") for name in ("check_in_at", "outcome"))
    return LastVisit(at, outcome, _said(visit.fields))


def _said(visit: Fields) -> str:
    """The words that say most, in few: the need, else what was said."""
    words = next((str(visit[name]) for name in ("need_summary", "content", "next_action") if visit.get(name)), "")
    return words.partition("\n")[0]
