"""One record as the central store has it, for supervisors; and what stood in a field before, for all who have it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, JsonValue

from sync_server.auth import Principal
from sync_server.looking import record_in
from sync_server.pasts import past_of
from sync_server.routes.parts import SIGNED, Parts, refusals
from sync_server.routes.permission import may
from visit_core.change import KindName
from visit_core.ids import Hex32
from visit_core.protocol import FieldPast

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


@router.get("/records/{kind}/{id}/past", operation_id="getFieldPast", responses=SIGNED | refusals(404))
def get_field_past(
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_past"))],
    kind: KindName,
    id: Hex32,
    field: Annotated[str, Query(max_length=110, pattern=r"^[a-z][a-z0-9_]{0,39}(\.[a-z0-9_]{1,64})?$")],
) -> FieldPast:
    """Who put what into one field, and when: of a record that is sent to the person who asks."""
    return past_of(parts.store, principal, (kind, id), field)
