"""Bytes in and out: counted while they arrive and while they are unpacked, so that no body can fill the memory."""

from collections.abc import AsyncIterable

from visit_core import packing
from visit_core.errors import NotValid, TooLarge

_WORTH_PACKING = 1_400  # bytes: about one packet


async def read_bounded(chunks: AsyncIterable[bytes], encoding: str, *, wire: int, unpacked: int) -> bytes:
    """The body, unpacked if it is packed. TooLarge over a limit, NotValid for what cannot be unpacked."""
    return plain(await collected(chunks, wire), encoding, unpacked)


async def collected(chunks: AsyncIterable[bytes], limit: int) -> bytes:
    """The body as it came; TooLarge over the limit."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise TooLarge("too_large", limit=limit)
    return bytes(body)


def plain(body: bytes, encoding: str, limit: int) -> bytes:
    """The body, unpacked if it is packed; TooLarge over the limit then, NotValid for what cannot be unpacked."""
    coding = encoding.strip().lower()
    return inflated(body, limit, coding) if coding not in ("", "identity") else body


def packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """An answer as the device will take it: packed where that saves anything, and the headers that say so.

    `Accept-Encoding` says what the next request may come in.
    """
    told = {"accept-encoding": packing.READABLE, "vary": "accept-encoding"}
    if len(body) < _WORTH_PACKING:
        return body, told
    body, coding = packing.packed(body, accepted, level=1)
    return body, {**told, "content-encoding": coding} if coding else told


def inflated(packed: bytes, limit: int, coding: str = "gzip") -> bytes:
    """What was packed; TooLarge over the limit, NotValid for what is not packed so or in a way that we cannot read."""
    try:
        return packing.unpacked(packed, coding, limit)
    except packing.TooMuch:
        raise TooLarge("too_large", limit=limit) from None
    except packing.NotUnpacked as refused:
        why = "encoding" if str(refused) == "encoding" else "gzip"
        raise NotValid(why, field="content-encoding") from None
