"""One record as the central store has it, for supervisors."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, JsonValue

from sync_server.auth import Principal
from sync_server.looking import record_in
from sync_server.routes.parts import SIGNED, Parts, refusals
from sync_server.routes.permission import may
from visit_core.change import KindName
from visit_core.ids import Hex32

router = APIRouter(tags=["records"])


class OneRecord(BaseModel):
    """A record with all its fields."""

    record: dict[str, JsonValue]


@router.get("/records/{kind}/{id}", operation_id="getRecord", responses=SIGNED | refusals(404))
def get_record(
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_record"))],
    kind: KindName,
    id: Hex32,
) -> OneRecord:
    """A record of the supervisor's own team; one of another team is not found."""
    return OneRecord(record=record_in(parts.store, principal.team, kind, id))
