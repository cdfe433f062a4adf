"""The conflict log, for supervisors: read, and settled."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from sync_server.auth import Principal
from sync_server.intake import read_message
from sync_server.looking import ConflictShown, conflicts_in
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, Parts, SmallBody, refusals
from sync_server.routes.permission import may
from sync_server.settling import settle
from visit_core.ids import Hex32
from visit_core.protocol import SettleRequest

router = APIRouter(tags=["conflicts"])


class Conflicts(BaseModel):
    """A list of conflicts, latest first."""

    conflicts: list[ConflictShown]


@router.get("/conflicts", operation_id="listConflicts", responses=SIGNED)
def list_conflicts(
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_conflicts"))],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Conflicts:
    """Whose values were overruled in the supervisor's own team."""
    return Conflicts(conflicts=conflicts_in(parts.store, principal.team, limit))


class Settled(BaseModel):
    """A conflict and what became of it: `seen` or `restored`."""

    id: str
    state: str


@router.post(
    "/conflicts/{conflict}",
    operation_id="settleConflict",
    responses=SIGNED | refusals(404, 413),
    openapi_extra=body_of("SettleRequest"),
)
def settle_conflict(
    parts: Parts, principal: Annotated[Principal, Depends(may("settle_conflict"))], conflict: Hex32, body: SmallBody
) -> Settled:
    """Let the winner, the loser or the value before both stand, by a fresh change in the supervisor's name."""
    asked = read_message(SettleRequest, body)
    return Settled(id=conflict, state=settle(parts.store, principal, conflict, asked, parts.now_ms()))
