"""Who may set what: the same answer in the form and on the server."""

from collections.abc import Mapping

from pydantic import JsonValue

from visit_core.errors import NotAllowed
from visit_core.fields import fields_of
from visit_core.kinds import known
from visit_core.rules.reviewing import REVIEW_GROUP

WRITING_ROLES = frozenset({"rep", "supervisor"})
TOLD_BY_SERVER = frozenset({"created_at", "created_by", "updated_at", "updated_by", "team_id", "id", "deleted"})


def check_write(kind_name: str, registers: Mapping[str, JsonValue], role: str) -> None:
    """NotAllowed if somebody of that role may not set these registers on a record of that kind."""
    if role not in WRITING_ROLES:
        raise NotAllowed(role=role, kind=kind_name)
    kind = known(kind_name)
    specs = fields_of(kind) if kind else {}
    for register in registers:
        name = register.partition(".")[0]
        writer = specs[name].asked.writer if name in specs else "anyone"
        told = register in TOLD_BY_SERVER
        if told or writer == "server" or (writer == "supervisor" and not _may_review(registers, role)):
            raise NotAllowed(role=role, kind=kind_name, field=name)


def _may_review(registers: Mapping[str, JsonValue], role: str) -> bool:
    """A rep may only hand a visit in (again): pending, and signed by nobody."""
    if role == "supervisor":
        return True
    asks = registers.get("review_state", "pending") in ("pending", None)
    return asks and not any(registers.get(name) for name in REVIEW_GROUP[2:])
