"""An endpoint's one line about rights: `Annotated[Principal, Depends(may("read_record"))]`."""

from collections.abc import Callable

from sync_server.auth import Action, Principal, authorize
from sync_server.machinery import Machinery
from sync_server.routes.parts import Parts, Signed, note_not_allowed
from visit_core.errors import NotAllowed, NotFound


def may(action: Action) -> Callable[[Parts, Principal], Principal]:
    """A dependency that gives the principal if they may do that in their own team; a denial is written down."""

    def permitted(parts: Parts, principal: Signed) -> Principal:
        try:
            authorize(principal, action, principal.team)
        except NotAllowed as refused:
            note_not_allowed(parts, principal, refused)
            raise
        return principal

    return permitted


def team_of_device(parts: Machinery, principal: Principal, device: str) -> str:
    """The device's team; NotFound outside the principal's reach just as for none."""
    return _within_reach(principal, parts.store.team_of(device_name=device), "device")


def team_of_person(parts: Machinery, principal: Principal, person: str) -> str:
    """The person's team; NotFound outside the principal's reach just as for none."""
    return _within_reach(principal, parts.store.team_of(person_id=person), "person")


def _within_reach(principal: Principal, team: str | None, what: str) -> str:
    if team is None or (team != principal.team and principal.role != "admin"):
        raise NotFound("not_found", what=what)
    return team
