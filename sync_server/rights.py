"""Whether a change may be made at all: by its author, in its scope, by that role."""

from sync_server.auth import Principal, authorize
from sync_server.kept import StoredRecord
from visit_core.change import Change
from visit_core.errors import NotAllowed
from visit_core.ids import team_scope, user_scope
from visit_core.rules.rights import check_write


def scope_for(principal: Principal, change: Change, standing: StoredRecord | None) -> str:
    """The scope that the record is in, or goes to; NotAllowed if this person may not make this change."""
    authorize(principal, "change", principal.team)
    if change.by != principal.person:
        raise NotAllowed(why="author")
    scope = _reachable(principal, change.scope) if standing is None else _shared(principal, standing)
    check_write(change.kind, change.fields, principal.role)
    return scope


def _reachable(principal: Principal, wanted: str | None) -> str:
    scope = wanted or team_scope(principal.team)
    if scope not in (team_scope(principal.team), user_scope(principal.person)):
        raise NotAllowed(why="scope")
    return scope


def _shared(principal: Principal, standing: StoredRecord) -> str:
    for scope in standing.scopes:
        if scope in principal.scopes:
            return scope
    raise NotAllowed(why="scope")
