"""The bytes of attachments: how far they are here, the next of them, and all of them."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.responses import StreamingResponse

from sync_server.auth import Principal
from sync_server.blobs import Chunk, part_of, standing_of, take_chunk, whole
from sync_server.body import read_bounded
from sync_server.kept import BlobKey
from sync_server.machinery import Machinery
from sync_server.routes.parts import SIGNED, Parts, note_counts, refusals
from sync_server.routes.permission import may
from visit_core.blobs import CHUNK_BYTES, CHUNK_TYPE, COMPLETE, LENGTH, MOST_BYTES, OFFSET, Sha256
from visit_core.errors import Busy, OutOfRange

router = APIRouter(tags=["attachments"])

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_TOLD = {name: {"schema": {"type": "integer"}} for name in (OFFSET, LENGTH, COMPLETE)}
_ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")

Size = Annotated[int | None, Header(alias=LENGTH, ge=1, le=MOST_BYTES)]
Sending = Annotated[Principal, Depends(may("send_blob"))]


async def _chunk(request: Request, _: Sending) -> bytes:
    """Read only for those who may send; a picture is packed already."""
    encoding = request.headers.get("content-encoding", "")
    return await read_bounded(request.stream(), encoding, wire=CHUNK_BYTES, unpacked=CHUNK_BYTES)


def _standing(status: int, description: str) -> dict[int | str, dict[str, Any]]:
    return {status: {"description": description, "headers": _TOLD}}


@router.head(
    "/blobs/{sha256}",
    operation_id="blobStanding",
    response_class=Response,
    responses={**SIGNED, **refusals(404), **_standing(200, "How far it is here")},
)
def blob_standing(parts: Parts, principal: Sending, sha256: Sha256, upload_length: Size = None) -> Response:
    """How many bytes of it are here for good; not found before a record that tells of it was taken."""
    return Response(headers=standing_of(parts.store, principal, sha256, upload_length).headers())


@router.patch(
    "/blobs/{sha256}",
    operation_id="sendChunk",
    status_code=204,
    response_class=Response,
    responses={**SIGNED, **refusals(404, 409, 413), **_standing(204, "They are here for good")},
    openapi_extra={"requestBody": {"required": True, "content": {CHUNK_TYPE: _BINARY}}},
)
def send_chunk(
    request: Request,
    parts: Parts,
    principal: Sending,
    sha256: Sha256,
    content: Annotated[bytes, Depends(_chunk)],
    upload_offset: Annotated[int, Header(alias=OFFSET, ge=0, le=MOST_BYTES)],
    upload_length: Size = None,
) -> Response:
    """The bytes from that offset on, which must be where it ends so far; with the last the fingerprint is checked."""
    _give_way(parts)
    note_counts(request, blob=sha256[:12], offset=upload_offset, bytes=len(content))
    size = standing_of(parts.store, principal, sha256, upload_length).size
    chunk = Chunk(BlobKey(sha256, size), upload_offset, content)
    return Response(status_code=204, headers=take_chunk(parts.store, principal, chunk, parts.now_ms).headers())


@router.get(
    "/blobs/{sha256}",
    operation_id="readBlob",
    response_class=Response,
    responses={
        **SIGNED,
        **refusals(404, 416),
        200: {"description": "All of it", "content": {"application/octet-stream": _BINARY}},
        206: {"description": "The part that was asked for", "content": {"application/octet-stream": _BINARY}},
    },
)
def read_blob(
    request: Request,
    parts: Parts,
    principal: Annotated[Principal, Depends(may("read_blob"))],
    sha256: Sha256,
    range_: Annotated[str, Header(alias="Range", max_length=100)] = "",
) -> Response:
    """The bytes, once all of them are here, for who sees a record that tells of them."""
    key = whole(parts.store, principal, sha256)
    start, end = _asked_for(range_, key.size)
    note_counts(request, blob=sha256[:12], offset=start, bytes=end - start)
    is_part = end - start < key.size
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(end - start)}
    if is_part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{key.size}"
    content = part_of(parts.store, principal, key, start, end)
    return StreamingResponse(content, 206 if is_part else 200, headers, "application/octet-stream")


def _give_way(parts: Machinery) -> None:
    """While many sync, photographs wait: changes go first here, too."""
    wait_s = parts.seats.back_off_s()
    if wait_s:
        raise Busy(wait_s=int(wait_s))


def _asked_for(told: str, size: int) -> tuple[int, int]:
    """From which byte up to before which; what is no range that we know asks for all of it."""
    found = _ONE_RANGE.fullmatch(told.strip())
    first, last = found.groups() if found else ("", "")
    if not first and not last:
        return 0, size
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    if start >= end:
        raise OutOfRange("blob_range", field="range", size=size)
    return start, end
