"""The records that lists go through from end to end, with the few fields that lists need of them."""

from dataclasses import replace

from field_app.drawing import View
from field_app.gists import Wanted
from field_app.local_store import LocalStore
from visit_core.merge import DELETED

_OF_A_VISIT = "customer_id owner_id check_in_at check_in_fix outcome next_date product_interest topics"


def _short(view: View) -> View:
    """Of a position it is enough to know that there is one."""
    if "check_in_fix" not in view.fields:
        return view
    return replace(view, fields={**view.fields, "check_in_fix": bool(view.fields["check_in_fix"])})


FIELDS = {
    "visit": tuple(_OF_A_VISIT.split()),
    "customer": ("name", "mobile", "address_detail", "household_id", "referrer_id"),
    "company": ("name",),
    "person": ("name",),
    "contact_record": ("customer_id", "contact_at"),
    "purchase": ("customer_id", "purchase_date"),
}
"""What is at hand of each kind; nothing else may be asked of these views."""

WANTED = {kind: Wanted(kind, _short, fields) for kind, fields in FIELDS.items()}


def in_mind(store: LocalStore, kind: str, *, deleted: bool = False) -> list[View]:
    """The records of a kind with the fields in FIELDS alone, oldest first; those in the bin only if asked for."""
    views = store.gists.of(WANTED[kind])
    return list(views) if deleted else [view for view in views if view.fields.get(DELETED) is not True]
