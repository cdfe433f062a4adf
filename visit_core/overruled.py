"""Values that were overruled unseen, as conflicts tell of them: which are one for people, and what settles them."""

from collections.abc import Sequence
from typing import Literal

from visit_core.change import Registers
from visit_core.fields import Fields
from visit_core.registers import group_of
from visit_core.rules.reviewing import REVIEW_GROUP, reopened

Side = Literal["base", "winner", "loser"]
"""Which of a conflict's three values is meant."""


def arisen(id: str, told: Fields) -> tuple[object, ...]:
    """What conflicts have in common that are one for people: the record, the group, both changes; else each is one."""
    group = group_of(str(told.get("record_kind")), str(told.get("field")))
    if len(group) == 1:
        return (id,)
    changes = (told.get(f"{side}_{part}") for side in ("winner", "loser") for part in ("at", "by", "device"))
    return (told.get("record_kind"), told.get("record_id"), group, *changes)


def standing(fields: Fields, together: Sequence[Fields], side: Side, *, by: str, at: str) -> Registers:
    """The registers that let one of the values stand on a record of these fields; a group is set as a whole.

    `together` are conflicts that have arisen as one, the named one first; a restored verdict is signed `by` and `at`.
    """
    kind, register = str(together[0].get("record_kind")), str(together[0].get("field"))
    values = {str(each.get("field")): each.get(f"{side}_value") for each in together}
    if register == REVIEW_GROUP[0]:
        return _verdict(fields, values, by=by, at=at)
    return {name: fields.get(name) for name in group_of(kind, register)} | values


def _verdict(fields: Fields, values: Fields, *, by: str, at: str) -> Registers:
    state = values[REVIEW_GROUP[0]]
    if state == "pending":
        return reopened(fields)
    signed: Registers = {"reviewed_by": by, "reviewed_at": at}
    return {"review_state": state, "review_round": fields.get("review_round") or 1, **signed}
