"""What a supervisor or the operator may look up in one team."""

import json

from pydantic import BaseModel, JsonValue

from sync_server.kept import Logged, StoredRecord
from sync_server.showing import shown
from sync_server.store import CentralStore
from visit_core.errors import NotFound
from visit_core.protocol import ErrorInfo
from visit_core.registers import fold
from visit_core.stamp import instant


class Side(BaseModel):
    """One of two values: whose it was, and when."""

    value: JsonValue
    by: str
    at: str
    device: str


class ConflictShown(BaseModel):
    """Two people's values for one field of one record."""

    id: str
    kind: str
    record_id: str
    field: str
    rule: str
    state: str
    base: JsonValue
    winner: Side
    loser: Side


class Refused(BaseModel):
    """A change in quarantine, whole."""

    device: str
    n: int
    kind: str
    id: str
    by: str
    received_at: str
    error: ErrorInfo
    change: JsonValue


def record_in(store: CentralStore, team: str, kind: str, id: str) -> dict[str, JsonValue]:
    """A record as people know it; NotFound outside the team just as for none."""
    found = store.read(team, lambda reading: reading.records([(kind, id)]))
    if not found:
        raise NotFound("not_found", what="record")
    return {"id": id, "kind": kind, **fold(kind, shown(found[kind, id], team))}


def conflicts_in(store: CentralStore, team: str, limit: int) -> list[ConflictShown]:
    """The conflicts that changed last, latest first."""
    records = store.read(team, lambda reading: reading.records_of("conflict", limit))
    return [_conflict(record, team) for record in records if "record_id" in record.cells]


def quarantine_in(store: CentralStore, team: str, limit: int) -> list[Refused]:
    """The changes refused last, latest first."""
    return [_refused(logged) for logged in store.read(team, lambda reading: reading.quarantine(limit))]


def _conflict(record: StoredRecord, team: str) -> ConflictShown:
    fields = shown(record, team)
    named = {name: fields[name] for name in ("record_id", "field", "rule", "state")}
    return ConflictShown.model_validate(
        {
            "id": record.id,
            "kind": fields["record_kind"],
            **named,
            "base": fields.get("base_value"),
            "winner": _side("winner", fields),
            "loser": _side("loser", fields),
        }
    )


def _side(name: str, fields: dict[str, JsonValue]) -> dict[str, JsonValue]:
    return {part: fields.get(f"{name}_{part}") for part in ("value", "by", "at", "device")}


def _refused(logged: Logged) -> Refused:
    return Refused(
        device=logged.device,
        n=logged.n,
        kind=logged.kind,
        id=logged.id,
        by=logged.by,
        received_at=instant(logged.received_ms),
        error=ErrorInfo.model_validate(json.loads(logged.result)["error"]),
        change=json.loads(logged.payload),
    )
