"""A record as devices get it: its live registers, and what only the server can tell."""

from operator import attrgetter

from pydantic import JsonValue

from sync_server.kept import StoredRecord
from visit_core.merge import DELETED
from visit_core.stamp import instant_of

TOLD = ("created_by", "updated_at", "updated_by", "team_id")
"""What the server tells of every record; whatever a register of such a name may hold is not shown."""

ALWAYS: dict[str, JsonValue] = {"created_at": None, DELETED: False}
"""What is told of a record even where nobody has set it."""

AT = attrgetter("at")


def shown(record: StoredRecord, team: str) -> dict[str, JsonValue]:
    """Everything that a device is told of the record, by name."""
    live = {name: cell.value for name, cell in record.cells.items() if cell.value is not None}
    last = max(record.cells.values(), key=AT)
    created = record.cells.get("created_at")
    told = (created.by if created else None, instant_of(last.at), last.by, team)
    return {**ALWAYS, **live, **dict(zip(TOLD, told, strict=True))}
