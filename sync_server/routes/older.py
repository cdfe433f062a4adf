"""What a device's window left out, on demand."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from sync_server.auth import Principal
from sync_server.body import packed
from sync_server.pull import older
from sync_server.routes.parts import SIGNED, Parts, note_counts
from sync_server.routes.permission import may
from visit_core.ids import Hex32
from visit_core.protocol import OlderResponse

router = APIRouter(tags=["sync"])


@router.get("/customers/{customer}/older", operation_id="olderRecords", response_model=OlderResponse, responses=SIGNED)
def older_records(
    request: Request, parts: Parts, principal: Annotated[Principal, Depends(may("sync"))], customer: Hex32
) -> Response:
    """All that was done with one customer, as far as the person may see it; empty for a customer that is not there."""
    answer = parts.store.read(principal.team, lambda reading: older(reading, principal, customer))
    note_counts(request, rows=len(answer.rows))
    body, headers = packed(
        answer.model_dump_json(exclude_none=True).encode(), request.headers.get("accept-encoding", "")
    )
    return Response(body, headers=headers, media_type="application/json")
