"""What endpoints ask for in their signatures: the machinery, who is asking, the body; and how refusals look."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from sync_server.auth import Principal, signed_in
from sync_server.body import read_bounded
from sync_server.kept import Event
from sync_server.machinery import Machinery
from visit_core.errors import NotAllowed, VisitError
from visit_core.protocol import ErrorAnswer
from visit_core.rescues import MOST_PIECE_BYTES

bearer_of = HTTPBearer(auto_error=False, description="the token that enrolment gave")

SMALL_BYTES = 10_000
"""As much as anybody may send who has not proved who they are."""

_WORDS = {
    400: "The app speaks a newer protocol",
    401: "Not signed in",
    403: "Not allowed, or the code is refused",
    404: "Not found",
    409: "A cloned device, another epoch of the store, or bytes that are not the next",
    410: "The device was revoked",
    413: "Too large",
    416: "No such bytes of it",
    422: "Not valid",
    426: "The app must be updated",
    429: "Too many tries; see Retry-After",
    500: "A defect of ours",
    503: "The store is busy or away; see Retry-After",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of an operation, for its description."""
    listed = sorted({*statuses, 500, 503})
    return {status: {"model": ErrorAnswer, "description": _WORDS[status]} for status in listed}


SIGNED = refusals(401, 403, 410, 422, 429)
"""What any operation may answer that asks who is there."""


async def machinery_of(request: Request) -> Machinery:
    """The parts of this server."""
    machinery: Machinery = request.app.state.machinery
    return machinery


Parts = Annotated[Machinery, Depends(machinery_of)]


Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer_of)]


def signed(
    request: Request,
    parts: Parts,
    credentials: Credentials,
) -> Principal:
    """Who is asking; a wrong token is written down and counted."""
    try:
        principal = signed_in(parts.store, credentials.credentials if credentials else "")
    except VisitError as refused:
        count_denial(request, parts, refused)
        raise
    note_counts(request, device=principal.device)
    return principal


Signed = Annotated[Principal, Depends(signed)]


def count_denial(request: Request, parts: Machinery, refused: VisitError) -> None:
    """A wrong token is counted against its address and written down, up to the limit; then it is 429."""
    address = address_of(request)
    parts.wrong_tokens.check(address)
    parts.wrong_tokens.count(address)
    parts.store.note(Event(address, refused.code, refused.facts), parts.now_ms())


def note_not_allowed(parts: Machinery, principal: Principal, refused: NotAllowed) -> None:
    """Who tried what they may not do."""
    parts.store.note(Event(principal.person, refused.code, refused.facts), parts.now_ms())


async def _body(request: Request, parts: Parts, _: Signed) -> bytes:
    """Read only for those who are signed in."""
    limits = parts.settings
    encoding = request.headers.get("content-encoding", "")
    return await read_bounded(request.stream(), encoding, wire=limits.wire_bytes, unpacked=limits.inflated_bytes)


async def _file(request: Request, _: Signed) -> bytes:
    """A file is larger than a sync, and packed already."""
    encoding, most = request.headers.get("content-encoding", ""), MOST_PIECE_BYTES
    return await read_bounded(request.stream(), encoding, wire=most, unpacked=most)


async def _small_body(request: Request) -> bytes:
    encoding = request.headers.get("content-encoding", "")
    return await read_bounded(request.stream(), encoding, wire=SMALL_BYTES, unpacked=SMALL_BYTES)


Body = Annotated[bytes, Depends(_body)]
FileBody = Annotated[bytes, Depends(_file)]
SmallBody = Annotated[bytes, Depends(_small_body)]


async def seated(parts: Parts, _: Signed) -> AsyncIterator[None]:
    """Keeps one of the seats until the answer is ready; only those who are signed in take one."""
    with parts.seats.one():
        yield


def note_counts(request: Request, **counts: str | int) -> None:
    """Ids and counts for the log line of this request."""
    request.scope.setdefault("state", {}).setdefault("counts", {}).update(counts)


def address_of(request: Request) -> str:
    """Where the request came from: the peer itself, never a header that anybody can write."""
    return request.client.host if request.client else "-"
