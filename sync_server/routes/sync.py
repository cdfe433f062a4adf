"""The one data path: push and pull."""

import math
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute

from sync_server.auth import Principal
from sync_server.body import collected, packed, plain
from sync_server.exchange import exchange
from sync_server.intake import read_push
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import (
    SIGNED,
    SMALL_BYTES,
    Body,
    Credentials,
    Parts,
    Signed,
    bearer_of,
    machinery_of,
    note_counts,
    refusals,
    seated,
    signed,
)
from visit_core.protocol import SyncResponse


class _Straight(APIRoute):
    """Declared as every operation is, and carried out by hand: to find out at each request anew what the operation
    depends on takes a fifth of what one small sync takes."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return _synced


router = APIRouter(tags=["sync"], route_class=_Straight)


async def _synced(request: Request) -> Response:
    """Who is there, then a seat, then the body, as the signature of `sync` says.

    So little as anybody may send is read first: then one turn on another thread does all the rest.
    """
    parts, bearer = await machinery_of(request), await bearer_of(request)
    if _length(request) <= SMALL_BYTES:
        body = await collected(request.stream(), SMALL_BYTES)
        return await run_in_threadpool(_signed_and_synced, request, parts, bearer, body)
    principal = await run_in_threadpool(signed, request, parts, bearer)
    with parts.seats.one():
        body = await collected(request.stream(), parts.settings.wire_bytes)
        return await run_in_threadpool(_unpacked_and_synced, request, parts, principal, body)


def _length(request: Request) -> float:
    """Of the body as it comes; endless where nobody says."""
    told = request.headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdecimal() else math.inf


def _signed_and_synced(request: Request, parts: Parts, bearer: Credentials, body: bytes) -> Response:
    principal = signed(request, parts, bearer)
    with parts.seats.one():
        return _unpacked_and_synced(request, parts, principal, body)


def _unpacked_and_synced(request: Request, parts: Parts, principal: Principal, body: bytes) -> Response:
    encoding = request.headers.get("content-encoding", "")
    return sync(request, principal, plain(body, encoding, parts.settings.inflated_bytes), parts)


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
    answer.told.offline_days = settings.offline_days
    pulled = len(answer.page.rows) if answer.page else 0
    note_counts(request, changes=len(push.changes), results=len(answer.results), rows=pulled)
    body, headers = packed(answer.as_json(), request.headers.get("accept-encoding", ""))
    return Response(body, headers=headers, media_type="application/json")
