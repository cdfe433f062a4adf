"""The records that lists go through from end to end, with the few fields that lists need of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from field_app.drawing import View
from field_app.gists import Parting, Wanted
from field_app.local_store import LocalStore
from visit_core.merge import DELETED

_OF_A_VISIT = "customer_id owner_id check_in_at check_in_fix outcome next_date product_interest topics"


def _short(view: View) -> View:
    """Of a position it is enough to know that there is one."""
    if "check_in_fix" not in view.fields:
        return view
    return replace(view, fields={**view.fields, "check_in_fix": bool(view.fields["check_in_fix"])})


_OF_A_CUSTOMER = (
    "name code mobile landline address_detail household_id referrer_id owner_id purchase_intention"
    " grade_manual grade_manual_on willingness strategic_value purchase_power customer_type industry"
    " do_not_visit marketing_opt_out"
)

FIELDS = {
    "visit": tuple(_OF_A_VISIT.split()),
    "customer": tuple(_OF_A_CUSTOMER.split()),
    "company": ("name",),
    "person": ("name",),
    "contact_record": ("customer_id", "contact_at"),
    "purchase": ("customer_id", "purchase_date", "amount"),
    "need": ("customer_id", "status", "priority", "urgency"),
    "behaviour_event": ("customer_id", "kind", "at"),
    "opportunity": ("customer_id", "stage"),
    "followup": ("customer_id", "owner_id", "status", "due_date", "remind_at"),
}
"""What is at hand of each kind; nothing else may be asked of these views."""

WANTED = {kind: Wanted(kind, _short, fields) for kind, fields in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Hanging:
    """The records of a kind that hang on one customer, the oldest first, without those in the bin."""

    views: tuple[View, ...]
    latest: str  # an instant, or a date alone; empty where none of them tells


def _hanging(time: str) -> Parting[View, Hanging]:
    """By customer, and when the last of them was, as `time` says."""

    def of(views: Sequence[View]) -> Hanging:
        return Hanging(tuple(views), max(str(view.fields.get(time) or "") for view in views))

    return Parting(_customer, of)


def _customer(view: View) -> str | None:
    customer = view.fields.get("customer_id")
    return customer if isinstance(customer, str) and view.fields.get(DELETED) is not True else None


HANGING = {
    "visit": _hanging("check_in_at"),
    "contact_record": _hanging("contact_at"),
    "purchase": _hanging("purchase_date"),
    "need": _hanging("due_date"),
    "behaviour_event": _hanging("at"),
    "opportunity": _hanging("close_date"),
}


def hanging(store: LocalStore, kind: str) -> Mapping[str, Hanging]:
    """What hangs on each customer, by id and with the fields in FIELDS alone; good until the next question."""
    told, gone = store.gists.grouped(WANTED[kind], HANGING[kind]), store.survivors.all()
    return _led(told, gone) if any(one in told for one in gone) else told


def _led(told: Mapping[str, Hanging], gone: Mapping[str, str]) -> Mapping[str, Hanging]:
    """What hung on merged customers hangs on those that are left."""
    led = {customer: hung for customer, hung in told.items() if customer not in gone}
    for one in gone.keys() & told.keys():
        both = [hung for hung in (led.get(gone[one]), told[one]) if hung]
        views = sorted((view for hung in both for view in hung.views), key=lambda view: view.id)
        led[gone[one]] = Hanging(tuple(views), max(hung.latest for hung in both))
    return led


def in_mind(store: LocalStore, kind: str, *, deleted: bool = False) -> list[View]:
    """The records of a kind with the fields in FIELDS alone, oldest first; those in the bin only if asked for, and
    with them customers that were merged."""
    views, gone = store.gists.of(WANTED[kind]), store.survivors.all()
    if deleted:
        return list(views)
    here = [view for view in views if view.fields.get(DELETED) is not True]
    return [store.survivors.led(view) for view in here if view.id not in gone] if gone else here
