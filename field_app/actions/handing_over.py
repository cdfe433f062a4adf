"""What a leaver has in hand, counted and given to a colleague by the server."""

from collections.abc import Iterator, Sequence

from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run
from visit_core.errors import NotFound
from visit_core.fields import IN_THE_FIELD
from visit_core.overseeing import DeviceShown, InHand, People, PersonShown
from visit_core.protocol import ReassignRequest


async def people_of(remote: Remote, devices: Sequence[DeviceShown]) -> tuple[PersonShown, ...]:
    """Everybody, by name; of a server of an earlier release those with a device."""
    try:
        found = (await remote.read("/v1/people", People)).people
    except NotFound:
        found = list(_with_a_device(devices))
    return tuple(sorted(found, key=lambda one: (one.name, one.person)))


def _with_a_device(devices: Sequence[DeviceShown]) -> Iterator[PersonShown]:
    active = {one.person for one in devices if one.state == "active"}
    for one in {one.person: one for one in devices}.values():
        yield PersonShown(person=one.person, team=one.team, name=one.name, role="rep", is_active=one.person in active)


def may_take(one: PersonShown, leaver: PersonShown) -> bool:
    """Whether somebody can go on with a leaver's work."""
    return one.team == leaver.team and one.is_active and one.role in IN_THE_FIELD and one.person != leaver.person


async def in_hand(_store: LocalStore, remote: Remote, _run: Run, *, person: str) -> dict[str, int]:
    """How many records of each kind somebody has in hand."""
    return (await remote.read(f"/v1/people/{person}/in_hand", InHand)).records


async def hand_over(_store: LocalStore, remote: Remote, _run: Run, *, person: str, to: str) -> dict[str, int]:
    """Give them to somebody else of the team; give how many of each kind went over."""
    return (await remote.tell(f"/v1/people/{person}/reassign", ReassignRequest(to=to), InHand)).records
