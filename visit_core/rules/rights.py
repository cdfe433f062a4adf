"""Who may set what: the same answer in the form and on the server."""

from collections.abc import Mapping
from functools import cache

from pydantic import JsonValue

from visit_core.change import Op
from visit_core.errors import NotAllowed
from visit_core.fields import IN_THE_FIELD, NO_CUSTOM, Record, Specs, fields_of, parted
from visit_core.ids import form_scope, lead_scope, team_scope, user_scope
from visit_core.kinds import known
from visit_core.rules.reviewing import REVIEW_GROUP

TOLD_BY_SERVER = frozenset({"created_at", "created_by", "updated_at", "updated_by", "team_id", "id", "deleted"})


def check_write(
    kind_name: str, registers: Mapping[str, JsonValue], role: str, *, op: Op = "set", custom: Specs = NO_CUSTOM
) -> None:
    """NotAllowed if somebody of that role may not do this to a record of that kind, or set these registers."""
    kind = known(kind_name)
    if role not in (kind.written_by if kind else IN_THE_FIELD):
        raise NotAllowed(role=role, kind=kind_name)
    if kind and op not in _open_to_people(kind):
        raise NotAllowed(role=role, kind=kind_name, op=op)
    specs = {**(fields_of(kind) if kind else {}), **custom} if custom else fields_of(kind) if kind else {}
    for register in registers.keys() - free_fields(kind_name):
        if not _may_set(specs, register, registers, role):
            raise NotAllowed(role=role, kind=kind_name, field=parted(register)[0])


@cache
def free_fields(kind_name: str) -> frozenset[str]:
    """The fields that whoever writes the kind may set, to whatever value."""
    kind = known(kind_name)
    specs = fields_of(kind) if kind else {}
    return frozenset(name for name, spec in specs.items() if spec.asked.writer == "anyone") - TOLD_BY_SERVER


def scope_of(kind_name: str, *, team: str, person: str) -> str:
    """Where a person's new records of that kind lie."""
    kind = known(kind_name)
    match kind.lies_in if kind else "team":
        case "form":
            return form_scope(team)
        case "watched":
            return user_scope(person)
    return team_scope(team)


def watchers_of(kind_name: str, team: str) -> tuple[str, ...]:
    """Who else sees a person's new records of that kind: the supervisors, or nobody."""
    kind = known(kind_name)
    return (lead_scope(team),) if kind and kind.lies_in == "watched" else ()


def _open_to_people(kind: type[Record]) -> frozenset[Op]:
    if kind.made_by_server:
        return frozenset({"set"})
    return frozenset({"create"}) if kind.append_only else frozenset({"create", "set", "delete", "restore"})


def _may_set(specs: Specs, register: str, registers: Mapping[str, JsonValue], role: str) -> bool:
    name, _ = parted(register)
    writer = specs[name].asked.writer if name in specs else "anyone"
    if register in TOLD_BY_SERVER or writer == "server":
        return False
    return writer == "anyone" or role == "supervisor" or (name in REVIEW_GROUP and _hands_in(registers))


def _hands_in(registers: Mapping[str, JsonValue]) -> bool:
    """Whether a visit is only handed in (again): pending, and signed by nobody."""
    asks = registers.get("review_state", "pending") in ("pending", None)
    return asks and not any(registers.get(name) for name in REVIEW_GROUP[2:])
