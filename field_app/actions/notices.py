"""How much waits for a person's attention: the badges of 今日 and 我的."""

from dataclasses import dataclass

from field_app.actions.conflicts import lost_by_me
from field_app.actions.returned import came_back
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class Notices:
    """Counts of what somebody should look at."""

    lost: int  # open conflicts in which this person's value was overruled
    returned: int  # visits that came back from the supervisor


def load(store: LocalStore, _about: str = "") -> Notices:
    """As it is now."""
    return Notices(len(lost_by_me(store)), len(came_back(store)))
