"""Exact places that this device may not keep: left out of a visit, refused of a customer (`rules/wanted_places`)."""

from pydantic import JsonValue

from field_app.actions.edits import Given
from field_app.local_store import LocalStore
from visit_core.errors import NotValid
from visit_core.fields import Fields
from visit_core.rules import wanted_places
from visit_core.rules.consents import Allowed
from visit_core.rules.wanted_places import PLACES, lives_by, may_keep

PLACE = ("lat", "lng")


def place_allowed(store: LocalStore, customer: str) -> Allowed:
    """What stands for the exact place of a customer."""
    said = store.find("consent", {"customer_id": customer}) if customer else []
    return wanted_places.place_allowed(view.fields for view in said)


def keeps_no_place(store: LocalStore, customer: str) -> bool:
    """Whether a visit to this customer is kept without its place."""
    return not may_keep("visit", [place_allowed(store, customer)])


def without_unwanted_place(store: LocalStore, visit: Fields, given: Given) -> dict[str, JsonValue]:
    """What is given of a visit, without its places where a customer does not want them kept; `visit` says at whose."""
    if not PLACES["visit"] & given.keys() or _may_keep(store, "visit", "", visit):
        return dict(given)
    return {name: value for name, value in given.items() if name not in PLACES["visit"]}


def refuse_unasked_place(store: LocalStore, kind: str, record: str, given: Given) -> None:
    """NotValid where the exact place of a customer or a door is to be kept unasked; `record` is empty for a new one."""
    said = [name for name in PLACE if given.get(name) not in (None, "")]
    if kind in ("customer", "household") and said and not _may_keep(store, kind, record, given):
        raise NotValid("no_place_consent", field=said[0])


def _may_keep(store: LocalStore, kind: str, record: str, fields: Fields) -> bool:
    customer, door = lives_by(kind, record, fields)
    behind = [view.id for view in store.find("customer", {"household_id": door})] if door else []
    return may_keep(kind, [place_allowed(store, one) for one in behind or [customer]])
