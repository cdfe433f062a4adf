"""Devices: a one-time code becomes one, those who answer for them see them all and take one out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from sync_server import people
from sync_server.auth import Principal
from sync_server.intake import read_message
from sync_server.kept import Event
from sync_server.leavers import devices_in
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, Parts, SmallBody, address_of, note_counts, refusals
from sync_server.routes.permission import may, team_of_device
from visit_core.errors import CodeRefused
from visit_core.ids import DeviceText
from visit_core.joining import EnrolRequest, EnrolResponse
from visit_core.overseeing import Devices, Revoked
from visit_core.protocol import check_protocol

router = APIRouter(tags=["devices"])
HOUR_MS = 3_600_000


@router.post(
    "/devices",
    operation_id="enrolDevice",
    status_code=201,
    responses=refusals(400, 403, 413, 422, 426, 429),
    openapi_extra=body_of("EnrolRequest"),
)
def enrol_device(request: Request, body: SmallBody, parts: Parts) -> EnrolResponse:
    """Take in a new device. Wrong, used and expired codes are refused alike, ten an hour from one address."""
    address = address_of(request)
    parts.wrong_codes.check(address)
    asked = read_message(EnrolRequest, body)
    check_protocol(asked.protocol)
    try:
        enrolled = people.enrol(parts.store, asked, parts.now_ms)
    except CodeRefused as refused:
        parts.wrong_codes.count(address)
        parts.store.note(Event(address, refused.code), parts.now_ms())
        raise
    note_counts(request, device=enrolled.device)
    return people.welcome(
        parts.store,
        enrolled,
        organisation=parts.settings.organisation,
        organisation_key=parts.trustee.key_for(enrolled.device),
        now_ms=parts.now_ms(),
    )


@router.get("/devices", operation_id="listDevices", responses=SIGNED)
def list_devices(
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_devices"))],
    quiet_hours: Annotated[int | None, Query(ge=1, le=10_000, description="only those not here for so long")] = None,
) -> Devices:
    """The devices of the supervisor's team, for an admin of all; `quiet_hours=24`: who has not synced for a day."""
    teams = [team.id for team in parts.store.teams()] if principal.role == "admin" else [principal.team]
    since_ms = parts.now_ms() - quiet_hours * HOUR_MS if quiet_hours else None
    return Devices(devices=[one for team in teams for one in devices_in(parts.store, team, quiet_since_ms=since_ms)])


@router.post("/devices/{device}/revoke", operation_id="revokeDevice", responses=SIGNED | refusals(404))
def revoke_device(
    parts: Parts, principal: Annotated[Principal, Depends(may("revoke_device"))], device: DeviceText
) -> Revoked:
    """Take nothing more from a device, from its next request on."""
    team_of_device(parts, principal, device)
    people.revoke(parts.store, device, parts.now_ms, by=principal.person)
    return Revoked(device=device)
