"""Bodies on the wire, packed and unpacked: gzip everywhere, zstd where this Python has it; bounded while unpacking.

zstd comes with Python 3.14, before that with the package `backports.zstd`, which servers and desks install and phones
do not. Each side says what it can read in `Accept-Encoding`: a device with its request, a server with its answers.
"""

import gzip
import zlib
from importlib import import_module
from typing import Any


def _zstd() -> Any:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:  # an older Python, or one that was built without it; a phone
            continue
    return None


zstd = _zstd()

READABLE = "zstd, gzip" if zstd else "gzip"
"""What this side can unpack, as `Accept-Encoding` says it."""

_GZIP = 31  # zlib's word for a gzip wrapper
_WINDOW_LOG = 24  # a frame may ask for no more than 16 MB of memory beside what it holds


class NotUnpacked(ValueError):
    """It cannot be unpacked; says `encoding` where we do not know how, else `packed`."""


class TooMuch(NotUnpacked):
    """More was in it than may be unpacked."""


def packed(body: bytes, accepted: str, *, level: int) -> tuple[bytes, str]:
    """The body as a reader that accepts those codings takes it, and its coding; empty for none.

    `level` is gzip's. zstd packs better and faster at its own first, which beats its third on changes and answers:
    hex and numbers among words that come again.
    """
    codings = {part.partition(";")[0].strip() for part in accepted.lower().split(",")}
    if zstd and "zstd" in codings:
        return zstd.compress(body, 1), "zstd"
    if "gzip" in codings:
        return gzip.compress(body, compresslevel=level, mtime=0), "gzip"
    return body, ""


def unpacked(body: bytes, coding: str, limit: int) -> bytes:
    """What was packed; TooMuch over the limit, and never more than that in memory; NotUnpacked for what is not that."""
    coding = coding.strip().lower()
    match coding:
        case "" | "identity":
            return _within(body, limit)
        case "gzip":
            return _whole(body, zlib.decompressobj(_GZIP), zlib.error, limit)
        case "zstd" if zstd:
            options = {zstd.DecompressionParameter.window_log_max: _WINDOW_LOG}
            return _whole(body, zstd.ZstdDecompressor(options=options), zstd.ZstdError, limit)
    raise NotUnpacked("encoding")


def _whole(body: bytes, unpacking: Any, broken: type[Exception], limit: int) -> bytes:
    try:
        whole = _within(unpacking.decompress(body, limit + 1), limit)
    except broken:
        raise NotUnpacked("packed") from None
    if not unpacking.eof or unpacking.unused_data:
        raise NotUnpacked("packed")
    return whole


def _within(body: bytes, limit: int) -> bytes:
    if len(body) > limit:
        raise TooMuch("too_much")
    return body
