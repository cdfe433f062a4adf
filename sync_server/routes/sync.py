"""The one data path: push and pull."""

from fastapi import APIRouter, Depends, Request, Response

from sync_server.body import packed
from sync_server.exchange import exchange
from sync_server.intake import read_push
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, Body, Parts, Signed, note_counts, refusals, seated
from visit_core.protocol import SyncResponse

router = APIRouter(tags=["sync"])


@router.post(
    "/sync",
    operation_id="sync",
    response_model=SyncResponse,
    responses=SIGNED | refusals(400, 409, 413, 426),
    openapi_extra=body_of("SyncRequest"),
    dependencies=[Depends(seated)],
)
def sync(request: Request, principal: Signed, body: Body, parts: Parts) -> Response:
    """Take this device's changes and give it what others changed. The same request twice is harmless."""
    push = read_push(body)
    settings = parts.settings
    answer = exchange(
        parts.store,
        principal,
        push,
        now_ms=parts.now_ms,
        max_bytes=settings.page_bytes,
        window_days=settings.window_days(principal.role),
    )
    answer.told.backoff_s = parts.seats.back_off_s()
    pulled = len(answer.page.rows) if answer.page else 0
    note_counts(request, changes=len(push.changes), results=len(answer.told.results), rows=pulled)
    body, headers = packed(answer.as_json(), request.headers.get("accept-encoding", ""))
    return Response(body, headers=headers, media_type="application/json")
