"""Refused changes, for supervisors."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from sync_server.auth import Principal
from sync_server.looking import Refused, quarantine_in
from sync_server.routes.parts import SIGNED, Parts
from sync_server.routes.permission import may

router = APIRouter(tags=["quarantine"])


class Quarantine(BaseModel):
    """A list of refused changes, latest first."""

    quarantined: list[Refused]


@router.get("/quarantine", operation_id="listQuarantine", responses=SIGNED)
def list_quarantine(
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_quarantine"))],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Quarantine:
    """What was refused in the supervisor's own team, each change whole."""
    return Quarantine(quarantined=quarantine_in(parts.store, principal.team, limit))
