"""Rescue files of devices that could not send their work themselves."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from sync_server.auth import Principal
from sync_server.rescuing import read_rescue, rescue
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, FileBody, Parts, note_counts, refusals
from sync_server.routes.permission import may, team_of_device
from visit_core.rescues import RescueTaken

router = APIRouter(tags=["devices"])


@router.post(
    "/rescues",
    operation_id="takeRescue",
    responses=SIGNED | refusals(404, 409, 413),
    openapi_extra=body_of("RescueFile"),
)
def take_rescue(
    request: Request, parts: Parts, principal: Annotated[Principal, Depends(may("rescue"))], body: FileBody
) -> RescueTaken:
    """Take in one piece of what a device of the own team had not sent, an admin that of any. Twice is harmless."""
    file = read_rescue(body)
    team_of_device(parts, principal, file.device)
    taken = rescue(parts.store, parts.trustee, file, by=principal.person, now_ms=parts.now_ms())
    note_counts(request, rescued=taken.device, taken=taken.taken, refused=taken.refused)
    return taken
