"""What was promised to customers and is still to be kept: the open follow-ups of this person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from field_app.actions.in_mind import Hanging, hanging
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.fields import Fields

OPEN = ("open", "snoozed", None)
NOBODY_MET = ("not_home", "rescheduled")
_A_DAY = timedelta(days=1)
_DAY_ALONE = len("2026-11-22")


@dataclass(frozen=True, slots=True)
class Promise:
    """One open follow-up, and the customer it is for."""

    id: str
    title: str
    kind: str
    due: date | None
    at: str  # the instant it is remembered at; empty if only the day is known
    customer_id: str
    customer: str
    address: str


def promises(store: LocalStore) -> list[Promise]:
    """All that this person still has to keep, in the order in which it is due; what is due some day comes last."""
    visits = hanging(store, "visit")
    told = [_promise(store, view) for view in store.find("followup") if is_open(view, visits) and is_mine(store, view)]
    return sorted(told, key=lambda each: (each.due or date.max, each.at or "~", each.id))


def is_open(followup: View, visits: Mapping[str, Hanging]) -> bool:
    """Whether it waits to be kept. A later visit on the day it was due or after keeps it, if anybody was met."""
    if followup.fields.get("status") not in OPEN:
        return False
    due = due_day(followup.fields)
    about = visits.get(str(followup.fields.get("customer_id")))
    later = (each for each in about.views if each.id > followup.id) if about else ()
    return due is None or not any(_keeps(each.fields, due) for each in later)


def is_mine(store: LocalStore, view: View) -> bool:
    """Whether a record is this person's, or nobody's."""
    return view.fields.get("owner_id") in (store.me.person, None)


def due_day(fields: Fields) -> date | None:
    """The day by which it was promised, as the calendar on the wall has it."""
    return local_day(fields.get("due_date")) or local_day(fields.get("remind_at"))


def local_day(at: object) -> date | None:
    """The day of a date or of an instant where the person is; None where nothing can be read."""
    text = str(at or "")
    try:
        if len(text) == _DAY_ALONE:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone().date() if text else None
    except ValueError:
        return None


def is_on(at: object, day: date) -> bool:
    """Whether an instant is of that day where the person is. Most are far from it, which their first letters tell."""
    text = str(at or "")
    is_near = (day - _A_DAY).isoformat() <= text[:10] <= (day + _A_DAY).isoformat()
    return is_near and local_day(text) == day


def _keeps(visit: Fields, due: date) -> bool:
    day = local_day(visit.get("check_in_at"))
    return day is not None and day >= due and (visit.get("outcome") not in NOBODY_MET or bool(visit.get("next_date")))


def _promise(store: LocalStore, view: View) -> Promise:
    fields = view.fields
    customer_id, at = str(fields.get("customer_id") or ""), fields.get("remind_at")
    customer = store.view("customer", customer_id)
    known = customer.fields if customer else {}
    return Promise(
        id=view.id,
        title=str(fields.get("title") or ""),
        kind=str(fields.get("kind") or ""),
        due=due_day(fields),
        at=str(at) if at and "T" in str(at) else "",
        customer_id=customer_id if customer else "",
        customer=str(known.get("name") or ""),
        address=str(known.get("address_detail") or ""),
    )


def due_on(told: Sequence[Promise], day: date) -> Iterator[Promise]:
    """Those of one day."""
    return (each for each in told if each.due == day)


def overdue(told: Sequence[Promise], today: date) -> list[Promise]:
    """Those whose day has passed."""
    return [each for each in told if each.due and each.due < today]
