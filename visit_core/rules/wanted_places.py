"""Whose exact place may be kept: a customer's only after a yes, a visit's unless the customer said no.

Where a rep was is the rep's own place, and says where the customer lives: a no or a yes taken back leaves the time
alone. Before anybody was asked, a visit keeps its place and a customer has none. Phone and server ask the same.
"""

from collections.abc import Iterable, Mapping

from visit_core.fields import Fields
from visit_core.rules.consents import Allowed, allowed

PURPOSE = "location"
PLACES: Mapping[str, frozenset[str]] = {
    "customer": frozenset({"lat", "lng", "coord_acc_m", "coord_sys", "coord_at"}),
    "visit": frozenset({"check_in_fix", "check_out_fix"}),
}
"""The fields of each kind that say where a customer lives, to a few metres."""

SAID_NO = frozenset({"refused", "withdrawn"})


def place_allowed(consents: Iterable[Fields]) -> Allowed:
    """What stands for the exact place of the customer who said all this."""
    return allowed(consents, PURPOSE)


def may_keep(kind: str, stands: Allowed) -> bool:
    """Whether a record of that kind, about a customer of whom that stands, may say where they live."""
    return stands.standing not in SAID_NO if kind == "visit" else stands.may
