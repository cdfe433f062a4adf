"""What 我的 shows of this device and its person."""

from dataclasses import dataclass

from field_app.actions import duplicates, taking_over
from field_app.actions.conflicts import cases
from field_app.actions.photographs import only_here
from field_app.actions.this_device import Status, not_rescued, status
from field_app.actions.unsaved import Begun, all_begun
from field_app.local_store import LocalStore
from visit_core.kinds.customer_merge import CustomerMerge


@dataclass(frozen=True, slots=True)
class Mine:
    """How this device stands, what its team is called, and the forms that are not yet saved, latest first."""

    status: Status
    team: str
    to_take_over: int  # lines of one's own that may go into a field
    only_here: int  # changes that neither the server has nor a rescue file
    begun: tuple[Begun, ...]
    duplicates: int | None  # pairs of customers who may be one; None for who may not merge
    conflicts: int  # open ones, those of fields that belong together as one
    photos: int  # that have not arrived and are in no rescue file


def load(store: LocalStore, _about: str) -> Mine:
    """As it is now."""
    ready = sum(offer.ready for offer in taking_over.load(store))
    conflicts = len(cases(store.find("conflict", {"state": "open"})))
    suspects = duplicates.waiting(store) if store.me.role in CustomerMerge.written_by else None
    return Mine(
        status=status(store),
        team=store.me.team_name,
        to_take_over=ready,
        only_here=not_rescued(store),
        begun=all_begun(store),
        duplicates=suspects,
        conflicts=conflicts,
        photos=len(only_here(store)),
    )
