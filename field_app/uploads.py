"""Photographs on their way: chunk by chunk from where the server has them, behind the changes and never in their way.

The records went before, by the sync. A cut link costs the chunk that was under way: the next time the server says where
to go on. What is wrong with one photograph stops no other.
"""

import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from field_app.blobs import Blobs
from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.sync import Run, at_once
from visit_core.blobs import CHUNK_BYTES, Standing
from visit_core.errors import Corrupt, NotAllowed, NotValid, OffsetMoved, StoreError, Unreachable

log = logging.getLogger(__name__)

FIRST_CHUNK_BYTES = 64 * 2**10
"""Small at first, so that a link that never lasts moves on, too; twice as much each time, up to what a server takes."""

MOST_MOVES = 50
"""How often another device that sends the same photograph may overtake this one in one go."""

ITS_OWN = (NotAllowed, NotValid, StoreError)
"""What is wrong with one photograph alone; all else ends the sync, and is tried again as it is."""


def never() -> bool:
    """Nothing asks these bytes to step aside."""
    return False


def unknown() -> bool | None:
    """Nobody can tell whether this is Wi-Fi; then it counts as one."""
    return None


@dataclass(frozen=True, slots=True)
class Way:
    """When photographs may go: `gives_way` is asked before each chunk, `on_wifi` before each photograph."""

    gives_way: Callable[[], bool] = never
    on_wifi: Callable[[], bool | None] = unknown
    run: Run = at_once


FREELY = Way()
"""Whenever there is a server."""


async def send_photos(store: LocalStore, blobs: Blobs, photos: Sequence[View], way: Way) -> AsyncIterator[str]:
    """Send the bytes of these records one after the other; gives the id of each of which the server has all of them.

    SyncError as for a sync; what was sent until then stays sent.
    """
    for photo in photos:
        if way.gives_way():
            break
        if photo.is_waiting or photo.is_refused or not _may_go(photo, way):
            continue
        try:
            is_sent = await _is_sent(store, blobs, photo, way)
        except ITS_OWN as refused:
            log.warning("photo stays id=%s code=%s", photo.id, refused.code)
            continue
        if is_sent:
            yield photo.id


def _may_go(photo: View, way: Way) -> bool:
    return photo.fields.get("upload_policy") == "now" or way.on_wifi() is not False


async def _is_sent(store: LocalStore, blobs: Blobs, photo: View, way: Way) -> bool:
    """Whether all of it is with the server; False where it stepped aside."""
    sha256, size = str(photo.fields.get("sha256")), await way.run(partial(_checked_size, store, photo))
    stands, chunk_bytes, moves = await blobs.standing(sha256, size), FIRST_CHUNK_BYTES, 0
    log.info("photo goes on id=%s blob=%s offset=%s size=%s", photo.id, sha256[:12], stands.offset, size)
    while not stands.is_whole:
        if way.gives_way():
            return False
        chunk = await way.run(partial(store.attachments.read, photo.id, stands.offset, chunk_bytes))
        try:
            stands = _further(await blobs.send(sha256, size, stands.offset, chunk), stands)
        except OffsetMoved as moved:
            moves += 1
            stands = _overtaken(moved, size, moves)
        chunk_bytes = min(2 * chunk_bytes, CHUNK_BYTES)
    return True


def _further(now: Standing, before: Standing) -> Standing:
    """How far it is, unless it makes no sense: it would never end."""
    if not now.is_whole and now.offset <= before.offset:
        raise Unreachable(answered="garbage")
    return now


def _overtaken(moved: OffsetMoved, size: int, moves: int) -> Standing:
    """Where to go on, unless that makes no sense."""
    offset = moved.facts.get("offset")
    if not isinstance(offset, int) or not 0 <= offset <= size or moves > MOST_MOVES:
        raise moved
    return Standing(offset, size)


def _checked_size(store: LocalStore, photo: View) -> int:
    """How many bytes there are; Corrupt if they are not those that the record tells of: then none is sent."""
    content = store.attachments.whole(photo.id)
    if hashlib.sha256(content).hexdigest() != photo.fields.get("sha256") or len(content) != photo.fields.get("size"):
        raise Corrupt(why="photo")
    return len(content)
