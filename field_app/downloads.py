"""A photograph that is not on this device, fetched in parts and kept sealed like one that was taken here."""

import hashlib
from functools import partial

from field_app.blobs import Blobs
from field_app.local_store import LocalStore
from field_app.sync import Run, at_once
from visit_core.blobs import CHUNK_BYTES, MOST_BYTES
from visit_core.errors import NotFound, Unreachable

KIND = "attachment"


async def fetch_photo(store: LocalStore, blobs: Blobs, run: Run = at_once, *, photo: str) -> int:
    """Fetch and keep the bytes of that record; how many came, 0 if they are here.

    NotFound where there is no such record, or the server does not have all of it yet.
    """
    view = await run(partial(store.itself, KIND, photo))
    if view is None or view.is_deleted:
        raise NotFound("not_found", what="record")
    if await run(partial(store.attachments.size, photo)) is not None:
        return 0
    sha256, size = str(view.fields.get("sha256")), view.fields.get("size")
    if not isinstance(size, int) or not 0 < size <= MOST_BYTES:
        raise NotFound("blob_unknown", field="size")
    content = await _fetched(blobs, sha256, size)
    await run(partial(store.attachments.keep, photo, content))
    return size


async def _fetched(blobs: Blobs, sha256: str, size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        part = await blobs.read(sha256, len(content), min(CHUNK_BYTES, size - len(content)))
        if not part:
            raise Unreachable(answered="nothing")
        content += part
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Unreachable(answered="garbage")
    return bytes(content)
