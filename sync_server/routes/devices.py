"""Enrolment: a one-time code becomes a device with a token."""

from fastapi import APIRouter, Request

from sync_server import people
from sync_server.intake import read_message
from sync_server.kept import Event
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import Parts, SmallBody, address_of, note_counts, refusals
from visit_core.errors import CodeRefused
from visit_core.protocol import EnrolRequest, EnrolResponse

router = APIRouter(tags=["devices"])


@router.post(
    "/devices",
    operation_id="enrolDevice",
    status_code=201,
    responses=refusals(403, 413, 422, 429),
    openapi_extra=body_of("EnrolRequest"),
)
def enrol_device(request: Request, body: SmallBody, parts: Parts) -> EnrolResponse:
    """Take in a new device. Wrong, used and expired codes are refused alike, ten an hour from one address."""
    address = address_of(request)
    parts.wrong_codes.check(address)
    try:
        enrolled = people.enrol(parts.store, read_message(EnrolRequest, body), parts.now_ms)
    except CodeRefused as refused:
        parts.wrong_codes.count(address)
        parts.store.note(Event(address, refused.code), parts.now_ms())
        raise
    note_counts(request, device=enrolled.device)
    return people.welcome(parts.store, enrolled, parts.settings.organisation, parts.now_ms())
