"""Whose exact place may be kept: a customer's and a door's only after a yes, a visit's unless somebody said no.

Where a rep was is the rep's own place, and says where the customer lives: a no or a yes taken back leaves the time
alone. Before anybody was asked, a visit keeps its place and a customer has none. A door is where people live: one of
them must have said yes, and none of them no. Phone and server ask the same.
"""

from collections.abc import Collection, Iterable, Mapping

from visit_core.fields import Fields
from visit_core.rules.consents import SAID_NO, Allowed, allowed

PURPOSE = "location"
PLACES: Mapping[str, frozenset[str]] = {
    "customer": frozenset({"lat", "lng", "coord_acc_m", "coord_sys", "coord_at"}),
    "household": frozenset({"lat", "lng", "coord_acc_m", "coord_at"}),
    "visit": frozenset({"check_in_fix", "check_out_fix"}),
}
"""The fields of each kind that say where a customer lives, to a few metres."""


def place_allowed(consents: Iterable[Fields]) -> Allowed:
    """What stands for the exact place of the customer who said all this."""
    return allowed(consents, PURPOSE)


def may_keep(kind: str, stand: Collection[Allowed]) -> bool:
    """Whether a record of that kind may say where its customers live, of each of whom that stands."""
    if any(one.standing in SAID_NO for one in stand):
        return False
    return kind == "visit" or any(one.may for one in stand)


def lives_by(kind: str, record: str, fields: Fields) -> tuple[str, str]:
    """Whose place it is: of one customer, or of all who live behind a door; the other one is empty."""
    if kind == "customer":
        return record, ""
    if kind == "household":
        return "", record
    customer = str(fields.get("customer_id") or "")
    return customer, "" if customer else str(fields.get("household_id") or "")
