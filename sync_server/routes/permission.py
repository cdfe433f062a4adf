"""An endpoint's one line about rights: `Annotated[Principal, Depends(may("read_record"))]`."""

from collections.abc import Callable

from sync_server.auth import Action, Principal, authorize
from sync_server.routes.parts import Parts, Signed, note_not_allowed
from visit_core.errors import NotAllowed


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
