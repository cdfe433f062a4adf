"""How much waits for a person's attention, as 今日 tells it."""

from dataclasses import dataclass

from field_app.actions.conflicts import cases, lost_by_me
from field_app.actions.returned import came_back
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class Notices:
    """Counts of what somebody should look at."""

    lost: int  # open conflicts in which this person's value was overruled
    returned: int  # visits that came back from the supervisor


def notices(store: LocalStore) -> Notices:
    """As it is now."""
    return Notices(len(cases(lost_by_me(store))), len(came_back(store)))
