"""The conflict log, for supervisors."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from sync_server.auth import Principal
from sync_server.looking import ConflictShown, conflicts_in
from sync_server.routes.parts import SIGNED, Parts
from sync_server.routes.permission import may

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
