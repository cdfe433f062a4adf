"""What a leaver has in hand, counted and given to a colleague by the server."""

from collections.abc import Sequence
from dataclasses import dataclass

from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run
from visit_core.overseeing import DeviceShown, InHand
from visit_core.protocol import ReassignRequest


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person with a device; `is_active` while one of them is in use."""

    person: str
    name: str
    team: str
    is_active: bool


def people_of(devices: Sequence[DeviceShown]) -> tuple[Somebody, ...]:
    """The people whose devices these are, by name."""
    active = {one.person for one in devices if one.state == "active"}
    found = {one.person: Somebody(one.person, one.name, one.team, one.person in active) for one in devices}
    return tuple(sorted(found.values(), key=lambda one: (one.name, one.person)))


async def in_hand(_store: LocalStore, remote: Remote, _run: Run, *, person: str) -> dict[str, int]:
    """How many records of each kind somebody has in hand."""
    return (await remote.read(f"/v1/people/{person}/in_hand", InHand)).records


async def hand_over(_store: LocalStore, remote: Remote, _run: Run, *, person: str, to: str) -> dict[str, int]:
    """Give them to somebody else of the team; give how many of each kind went over."""
    return (await remote.tell(f"/v1/people/{person}/reassign", ReassignRequest(to=to), InHand)).records
