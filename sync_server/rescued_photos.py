"""A photograph out of a rescue file: its bytes go on where the server has them, whoever else brings them, too."""

from sync_server.auth import Principal
from sync_server.blobs import Chunk, standing_of, take_chunk
from sync_server.kept import BlobKey
from sync_server.store import CentralStore
from visit_core.blobs import CHUNK_BYTES, Standing
from visit_core.errors import NotFound, NotValid
from visit_core.rescues import PhotoPart


def take_part(store: CentralStore, principal: Principal, part: PhotoPart, now_ms: int) -> dict[str, int]:
    """Keep some bytes of a photograph for the person who took it; with the last of them what came of it is counted.

    Without a record that tells of them no byte is kept: it was refused, or deleted meanwhile.
    """
    try:
        before = standing_of(store, principal, part.sha256, part.size)
    except NotFound:
        return _counted(part, "photos_refused")
    after = _brought(store, principal, part, before, now_ms)
    came = "photos_known" if before.is_whole else "photos" if after.is_whole else "photos_missing"
    return _counted(part, came)


def _brought(store: CentralStore, principal: Principal, part: PhotoPart, stands: Standing, now_ms: int) -> Standing:
    while _goes_on(part, stands):
        start = stands.offset - part.at
        chunk = Chunk(BlobKey(part.sha256, part.size), stands.offset, part.content[start : start + CHUNK_BYTES])
        try:
            stands = take_chunk(store, principal, chunk, lambda: now_ms)
        except NotValid:  # the fingerprint of all that was here is another: it begins anew, with the file once more
            return Standing(0, part.size)
    return stands


def _goes_on(part: PhotoPart, stands: Standing) -> bool:
    """Whether the part has the next bytes, or has the last and only their check is left to do."""
    is_left_unchecked = stands.offset == part.end == part.size
    return not stands.is_whole and (part.at <= stands.offset < part.end or is_left_unchecked)


def _counted(part: PhotoPart, name: str) -> dict[str, int]:
    return {name: 1} if part.end >= part.size else {}
