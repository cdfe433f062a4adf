"""What stood in a record before somebody else's change came: one value a register, kept with the record itself. Pure.

Who made the change is not told here: between two syncs there may have been several, and a row names only the last.
"""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, JsonValue

from visit_core.change import Registers
from visit_core.merge import DELETED

MOST = 40
"""Registers of one record whose value before is kept: those that changed last."""

TOLD_BY_SERVER = {"created_at", "created_by", "updated_at", "updated_by", "team_id", DELETED}


class Earlier(BaseModel):
    """A value that a sync replaced, and the latest instant at which that may have happened."""

    model_config = ConfigDict(frozen=True)

    value: JsonValue = None
    until: str = ""


Before = Mapping[str, Earlier]


def remembered(known: Before, held: Registers, fresh: Registers) -> dict[str, Earlier]:
    """What is known of values before, once `fresh` has taken the place of `held`."""
    changed = [name for name in (held.keys() | fresh.keys()) - TOLD_BY_SERVER if held.get(name) != fresh.get(name)]
    until = str(fresh.get("updated_at") or "")
    older = {name: each for name, each in known.items() if name not in changed}
    newer = {name: Earlier(value=held.get(name), until=until) for name in sorted(changed)}
    return dict(list({**older, **newer}.items())[-MOST:])
