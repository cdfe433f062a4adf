"""Whose exact place may be kept: a customer's only after a yes, a visit's unless the customer said no.

Where a rep was is the rep's own place, and says where the customer lives: a no or a yes taken back leaves the time
alone. Before anybody was asked, a visit keeps its place and a customer has none.
"""

from pydantic import JsonValue

from field_app.actions.edits import Given
from field_app.local_store import LocalStore
from visit_core.errors import NotValid
from visit_core.rules.consents import Allowed, allowed

FIXES = frozenset({"check_in_fix", "check_out_fix"})
PLACE = ("lat", "lng")
SAID_NO = frozenset({"refused", "withdrawn"})


def place_allowed(store: LocalStore, customer: str) -> Allowed:
    """What stands for the exact place of a customer."""
    said = store.find("consent", {"customer_id": customer}) if customer else []
    return allowed([view.fields for view in said], "location")


def keeps_no_place(store: LocalStore, customer: str) -> bool:
    """Whether a visit to this customer is kept without its place."""
    return place_allowed(store, customer).standing in SAID_NO


def without_unwanted_place(store: LocalStore, customer: str, given: Given) -> dict[str, JsonValue]:
    """What is given of a visit, without its places where the customer does not want them kept."""
    if not FIXES & given.keys() or not keeps_no_place(store, customer):
        return dict(given)
    return {name: value for name, value in given.items() if name not in FIXES}


def refuse_unasked_place(store: LocalStore, kind: str, customer: str, given: Given) -> None:
    """NotValid where a customer's exact place is to be kept without their yes; `customer` is empty for a new one."""
    said = [name for name in PLACE if given.get(name) not in (None, "")]
    if kind == "customer" and said and not place_allowed(store, customer).may:
        raise NotValid("no_place_consent", field=said[0])
