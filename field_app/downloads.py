"""A photograph that is not on this device, fetched in parts and kept sealed like one that was taken here.

What was fetched has room up to a limit. What nobody looked at for longest makes room for the next; what was taken here,
or is not with the server, never does.
"""

import hashlib
from functools import partial

from field_app.blobs import Blobs
from field_app.fetched import MOST_FETCHED_BYTES
from field_app.local_store import LocalStore
from field_app.sync import Run, at_once
from visit_core.blobs import CHUNK_BYTES, MOST_BYTES
from visit_core.errors import Corrupt, NotFound, Unreachable

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
    await run(partial(_keep, store, photo, content))
    return size


def _keep(store: LocalStore, photo: str, content: bytes) -> None:
    """Keep it after there is room for it, and say whence it came before anybody could ask."""
    _make_room(store, len(content))
    store.fetched.note(photo)
    store.attachments.keep(photo, content)
    store.attachments.note_viewed(photo, store.clock.wall_ms())


def _make_room(store: LocalStore, size: int) -> None:
    """Let go of fetched photographs until there is room, as far as the server has them."""
    here = store.fetched.ids() & store.attachments.ids()
    taken = sum(_size(store, id) for id in here)
    gone = store.fetched.ids() - here
    for id in sorted(here, key=store.attachments.viewed_ms):
        if taken + size <= MOST_FETCHED_BYTES:
            break
        if _may_go(store, id):
            taken -= _size(store, id)
            store.attachments.discard(id)
            gone.add(id)
    store.fetched.forget(gone)


def _size(store: LocalStore, photo: str) -> int:
    """How much room a photograph takes, be it damaged."""
    try:
        return store.attachments.size(photo) or 0
    except Corrupt:
        return 0


def _may_go(store: LocalStore, photo: str) -> bool:
    """Whether the server says that it has it; one whose record is gone is swept away as any other."""
    view = store.itself(KIND, photo)
    return view is None or bool(view.fields.get("received_at"))


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
