"""What 我的 shows of this device and its person."""

from dataclasses import dataclass

from field_app.actions import taking_over
from field_app.actions.this_device import status
from field_app.actions.unsaved import Begun, all_begun
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class Mine:
    """Whose device this is, and what waits for that person."""

    name: str
    role: str
    team: str
    organisation: str
    server: str
    device: str
    waiting: int
    refused: int
    conflicts: int
    returned: int
    records: int
    to_take_over: int  # lines of one's own that may go into a field
    begun: tuple[Begun, ...]  # forms that are not yet saved, latest first


def load(store: LocalStore, _about: str) -> Mine:
    """As it is now."""
    said, me = status(store), store.me
    count = {name: int(str(said[name])) for name in ("waiting", "quarantined", "conflicts", "returned", "records")}
    return Mine(
        name=me.name,
        role=me.role,
        team=me.team_name,
        organisation=me.organisation,
        server=me.server,
        device=me.device,
        waiting=count["waiting"],
        refused=count["quarantined"],
        conflicts=count["conflicts"],
        returned=count["returned"],
        records=count["records"],
        to_take_over=sum(offer.ready for offer in taking_over.load(store)),
        begun=all_begun(store),
    )
