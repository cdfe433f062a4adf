"""Whether a change may be made at all: by its author, in its scope, by that role."""

from sync_server.auth import Principal, authorize
from sync_server.kept import StoredRecord
from visit_core.change import Change
from visit_core.errors import NotAllowed
from visit_core.fields import NO_CUSTOM, Specs
from visit_core.ids import user_scope
from visit_core.rules.rights import check_write, scope_of


def scope_for(principal: Principal, change: Change, standing: StoredRecord | None, custom: Specs = NO_CUSTOM) -> str:
    """The scope that the record is in, or goes to; NotAllowed if this person may not make this change."""
    authorize(principal, "change", principal.team)
    if change.by != principal.person:
        raise NotAllowed(why="author")
    scope = _reachable(principal, change.kind, change.scope) if standing is None else _shared(principal, standing)
    is_there = standing is not None and change.op == "create"
    check_write(change.kind, change.fields, principal.role, op="set" if is_there else change.op, custom=custom)
    return scope


def scope_of_sealed(principal: Principal, change: Change, standing: StoredRecord | None) -> str:
    """The same for a change that an earlier life has taken from this person, whatever their role is by now."""
    if change.by != principal.person:
        raise NotAllowed(why="author")
    if standing is not None:
        return standing.scopes[0]
    return change.scope or scope_of(change.kind, team=principal.team, person=principal.person)


def _reachable(principal: Principal, kind: str, wanted: str | None) -> str:
    usual = scope_of(kind, team=principal.team, person=principal.person)
    scope = wanted or usual
    if scope not in (usual, user_scope(principal.person)):
        raise NotAllowed(why="scope")
    return scope


def _shared(principal: Principal, standing: StoredRecord) -> str:
    for scope in standing.scopes:
        if scope in principal.scopes:
            return scope
    raise NotAllowed(why="scope")
