"""A device whose PIN is forgotten gets its data key opened, once, for a code that an admin gave."""

from fastapi import APIRouter, Request

from sync_server.intake import read_message
from sync_server.kept import Event
from sync_server.recovering import recover
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, Parts, Signed, SmallBody, address_of, note_counts, refusals
from visit_core.errors import VisitError
from visit_core.joining import RecoverRequest, RecoverResponse, RecoveryKey

router = APIRouter(tags=["devices"])


@router.get("/recovery-key", operation_id="recoveryKey", responses=SIGNED)
def recovery_key(principal: Signed, parts: Parts) -> RecoveryKey:
    """The public key of the device that asks; one enrolled before there were such keys has none."""
    return RecoveryKey(organisation_key=parts.trustee.key_for(principal.device))


@router.post(
    "/recoveries",
    operation_id="recoverDevice",
    responses=refusals(403, 410, 413, 422, 429),
    openapi_extra=body_of("RecoverRequest"),
)
def recover_device(request: Request, body: SmallBody, parts: Parts) -> RecoverResponse:
    """Open a data key. Wrong, used, old and other devices' codes are refused alike and counted as at enrolment."""
    address = address_of(request)
    parts.wrong_codes.check(address)
    asked = read_message(RecoverRequest, body)
    try:
        data_key = recover(parts.store, parts.trustee, asked, parts.now_ms)
    except VisitError as refused:
        if refused.status < 500:
            parts.wrong_codes.count(address)
            told = {"device": asked.device, "why": refused.code}
            parts.store.note(Event(address, "recovery_refused", told), parts.now_ms())
        raise
    note_counts(request, device=asked.device)
    return RecoverResponse(data_key=data_key)
