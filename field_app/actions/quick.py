"""The quick outcome of a call: which outcomes are a visit by themselves."""

from dataclasses import dataclass
from datetime import date

from field_app.actions.door import Door, door
from field_app.local_store import LocalStore
from visit_core.errors import NotFound

AT_ONCE = ("not_home", "refused", "moved", "invalid")
"""Outcomes that need no more words."""

ANOTHER_TIME = ("not_home", "rescheduled")
"""Outcomes after which one comes again."""


@dataclass(frozen=True, slots=True)
class Quick:
    """One door, and the outcome that is known already, if one is."""

    door: Door
    today: date
    outcome: str = ""


def load(store: LocalStore, customer_id: str) -> Quick:
    """All outcomes to choose from."""
    return _quick(store, customer_id, "")


def load_not_home(store: LocalStore, customer_id: str) -> Quick:
    """Nobody was at home: only the day to come again is open."""
    return _quick(store, customer_id, "not_home")


def load_rescheduled(store: LocalStore, customer_id: str) -> Quick:
    """Another day was asked for."""
    return _quick(store, customer_id, "rescheduled")


def _quick(store: LocalStore, customer_id: str, outcome: str) -> Quick:
    found = door(store, customer_id)
    if found is None:
        raise NotFound("not_found", field="id")
    return Quick(found, store.moment().today, outcome)
