"""The bytes of photographs on the wire: how far the server has them, the next of them, and some of them back."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Protocol

import httpx

from field_app.wire import exchange, patient, refusal_in
from visit_core.blobs import CHUNK_TYPE, LENGTH, OFFSET, Standing, standing_in
from visit_core.errors import DeviceRevoked, NotAllowed, NotFound, NotSignedIn, Unreachable, VisitError

MAX_REFUSAL_BYTES = 10_000


class Blobs(Protocol):
    """What a server is asked about a photograph's bytes, named by their fingerprint and size."""

    async def standing(self, sha256: str, size: int) -> Standing:
        """How far the server has them; NotFound where it has no record that tells of them."""

    async def send(self, sha256: str, size: int, at: int, chunk: bytes) -> Standing:
        """Bring the next; OffsetMoved if they are not, NotValid if the last shows that the fingerprint is another."""

    async def read(self, sha256: str, at: int, most: int) -> bytes:
        """Some of them back, as many as were asked for or as there are."""


class HttpBlobs:
    """Over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def standing(self, sha256: str, size: int) -> Standing:
        """How far the server has them; NotFound where it has no record that tells of them."""
        status, _, told = await self._asked("HEAD", sha256, b"", {LENGTH: str(size)})
        if status != HTTPStatus.OK:
            raise patient(_without_words(status), told.get("Retry-After", ""))
        return _standing(told, status)

    async def send(self, sha256: str, size: int, at: int, chunk: bytes) -> Standing:
        """Bring the next; OffsetMoved if they are not, NotValid if the last shows that the fingerprint is another."""
        headers = {OFFSET: str(at), LENGTH: str(size), "Content-Type": CHUNK_TYPE}
        status, content, told = await self._asked("PATCH", sha256, chunk, headers)
        if status != HTTPStatus.NO_CONTENT:
            raise patient(refusal_in(content, status), told.get("Retry-After", ""))
        return _standing(told, status)

    async def read(self, sha256: str, at: int, most: int) -> bytes:
        """Some of them back, as many as were asked for or as there are."""
        status, content, told = await self._asked("GET", sha256, b"", {"Range": f"bytes={at}-{at + most - 1}"}, most)
        if status not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
            raise patient(refusal_in(content, status), told.get("Retry-After", ""))
        return content

    async def _asked(
        self, method: str, sha256: str, body: bytes, headers: Mapping[str, str], most: int = 0
    ) -> tuple[int, bytes, Mapping[str, str]]:
        most = max(most, MAX_REFUSAL_BYTES)
        return await exchange(self._client, method, f"/v1/blobs/{sha256}", body, headers, most)


def _standing(told: Mapping[str, str], status: int) -> Standing:
    found = standing_in(told)
    if found is None:
        raise Unreachable(status=status, answered="garbage")
    return found


def _without_words(status: int) -> VisitError:
    """An answer to HEAD has no body, so its status alone says why."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return NotFound("blob_unknown", field="sha256")
        case HTTPStatus.UNAUTHORIZED:
            return NotSignedIn()
        case HTTPStatus.FORBIDDEN:
            return NotAllowed()
        case HTTPStatus.GONE:
            return DeviceRevoked()
    return Unreachable(status=status)
