"""Customers who may be written down twice, for supervisors."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from sync_server.auth import Principal
from sync_server.duplicates import PairShown, duplicates_in
from sync_server.routes.parts import SIGNED, Parts
from sync_server.routes.permission import may

router = APIRouter(tags=["records"])


class Duplicates(BaseModel):
    """Pairs of customers, those at one door first."""

    pairs: list[PairShown]


@router.get("/duplicates", operation_id="listDuplicates", responses=SIGNED)
def list_duplicates(
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_duplicates"))],
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Duplicates:
    """Who of the supervisor's own team shares a number, or a name at one door; nobody has spoken of them yet."""
    return Duplicates(pairs=duplicates_in(parts.store, principal.team, limit))
