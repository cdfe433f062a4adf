"""One request and its answer, bounded; whatever is odd about them is `Unreachable`, a refusal is the server's own."""

import ssl
from collections.abc import Mapping
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from visit_core.error_codes import from_wire
from visit_core.errors import NotTrusted, Unreachable, VisitError
from visit_core.packing import READABLE, NotUnpacked, TooMuch, unpacked
from visit_core.protocol import ErrorAnswer

Answer = TypeVar("Answer", bound=BaseModel)


async def exchange(
    client: httpx.AsyncClient, method: str, path: str, body: bytes, headers: Mapping[str, str], most: int
) -> tuple[int, bytes, Mapping[str, str]]:
    """Status, content and headers of the answer; NotTrusted for another authority's certificate."""
    try:
        asked = {"Accept-Encoding": READABLE, **headers}
        async with client.stream(method, path, content=body, headers=asked) as answer:
            content = await _bounded(answer, most)
            return answer.status_code, content, answer.headers
    except NotUnpacked as refusal:
        raise Unreachable(answered=str(refusal)) from refusal
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as refusal:
        if _is_certificate(refusal):
            raise NotTrusted() from refusal
        raise Unreachable(answered=type(refusal).__name__) from refusal


async def _bounded(answer: httpx.Response, most: int) -> bytes:
    """The answer, never more than `most` bytes of it in memory, neither as it came nor unpacked.

    httpx itself would unpack a piece to whatever size lies in it.
    """
    packed = bytearray()
    async for piece in answer.stream:  # type: ignore[union-attr]  # of an AsyncClient
        packed += piece
        if len(packed) > most:
            raise TooMuch("too_much")
    return unpacked(bytes(packed), answer.headers.get("Content-Encoding", ""), most)


def read_as(shape: type[Answer], content: bytes, status: int) -> Answer:
    """The answer as what it ought to be."""
    try:
        return shape.model_validate_json(content)
    except ValidationError:
        raise Unreachable(status=status, answered="garbage") from None


def refusal_in(content: bytes, status: int) -> VisitError:
    """What the server, or whoever stands before it, refused with."""
    try:
        refused = read_as(ErrorAnswer, content, status)
    except Unreachable as odd:
        return odd
    return from_wire(refused.code, dict(refused.facts))


def patient(refused: VisitError, retry_after: str) -> VisitError:
    """The same refusal, with the wait that its header asks for; a date instead of seconds says nothing to us."""
    if retry_after.strip().isdecimal() and len(retry_after) <= 6:
        refused.facts.setdefault("wait_s", int(retry_after))
    return refused


def _is_certificate(refusal: BaseException | None) -> bool:
    while refusal is not None:
        if isinstance(refusal, ssl.SSLCertVerificationError):
            return True
        refusal = refusal.__cause__ or refusal.__context__
    return False
