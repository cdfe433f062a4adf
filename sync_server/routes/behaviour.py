"""What customers do elsewhere, told by another system in a supervisor's name."""

from typing import Annotated

from fastapi import APIRouter, Depends

from sync_server.auth import Principal
from sync_server.behaviour import take_events
from sync_server.intake import read_message
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, Body, Parts, refusals
from sync_server.routes.permission import may
from visit_core.behaviour import EventsRequest, EventsTaken

router = APIRouter(tags=["records"])


@router.post(
    "/behaviour-events",
    operation_id="tellBehaviour",
    responses=SIGNED | refusals(413),
    openapi_extra=body_of("EventsRequest"),
)
def tell_behaviour(
    parts: Parts, principal: Annotated[Principal, Depends(may("tell_behaviour"))], body: Body
) -> EventsTaken:
    """Browsing, tapping and buying of customers of the supervisor's own team; each event is kept once."""
    return take_events(parts.store, principal, read_message(EventsRequest, body).events, parts.now_ms())
