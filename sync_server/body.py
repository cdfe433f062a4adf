"""Bytes in and out: counted while they arrive and while they are unpacked, so that no body can fill the memory."""

import gzip
import zlib
from collections.abc import AsyncIterable

from visit_core.errors import NotValid, TooLarge

_WORTH_PACKING = 1_400  # bytes: about one packet
_GZIP = 31  # zlib's word for a gzip wrapper


async def read_bounded(chunks: AsyncIterable[bytes], encoding: str, *, wire: int, unpacked: int) -> bytes:
    """The body, unpacked if it is gzip. TooLarge over a limit, NotValid for what cannot be unpacked."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > wire:
            raise TooLarge("too_large", limit=wire)
    match encoding.strip().lower():
        case "" | "identity":
            return bytes(body)
        case "gzip":
            return inflated(bytes(body), unpacked)
    raise NotValid("encoding", field="content-encoding")


def packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """An answer as the device will take it: gzip where that saves anything, and the headers that say so."""
    if len(body) < _WORTH_PACKING or "gzip" not in accepted.lower():
        return body, {}
    return gzip.compress(body, compresslevel=1, mtime=0), {"content-encoding": "gzip"}


def inflated(packed: bytes, limit: int) -> bytes:
    """What was packed with gzip; TooLarge over the limit, NotValid for what is no gzip."""
    unpacking = zlib.decompressobj(_GZIP)
    try:
        body = unpacking.decompress(packed, limit + 1)
    except zlib.error:
        raise NotValid("gzip", field="content-encoding") from None
    if len(body) > limit:
        raise TooLarge("too_large", limit=limit)
    if not unpacking.eof or unpacking.unused_data:
        raise NotValid("gzip", field="content-encoding")
    return body
