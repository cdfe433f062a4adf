"""The bytes of attachments, chunk by chunk: taken where a record of them was taken before, given to who sees one.

A chunk is there for good before it is answered. With the last one the fingerprint is worked out, outside of the team's
lock; then the bytes are whole and every record that tells of them is received, in one commit.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sync_server.auth import Principal
from sync_server.kept import Blob, BlobKey, StoredRecord
from sync_server.merging import Merging
from sync_server.received import KIND, key_of, say_received
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.blobs import Standing
from visit_core.errors import NotFound, NotValid
from visit_core.merge import is_gone


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some bytes of a blob, and where they belong."""

    key: BlobKey
    at: int
    content: bytes


def standing_of(store: CentralStore, principal: Principal, sha256: str, size: int | None = None) -> Standing:
    """How far a blob is here; NotFound unless this person sees a record that tells of it, and of that size if named."""
    return _standing(store.read(principal.team, partial(_seen, principal=principal, sha256=sha256, size=size)))


def take_chunk(store: CentralStore, principal: Principal, chunk: Chunk, now_ms: Callable[[], int]) -> Standing:
    """Keep the next bytes; give how far it is then.

    OffsetMoved where they are not the next, TooLarge beyond the size, NotValid, and all begins anew, where the last
    one shows that the fingerprint is another.
    """
    kept = store.append(principal.team, chunk.key, chunk.at, chunk.content, now_ms())
    if kept.has < kept.key.size or kept.whole_ms is not None:
        return _standing(kept)
    return _finished(store, principal, kept, now_ms)


def part_of(store: CentralStore, principal: Principal, key: BlobKey, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to before `end`, one chunk at a time; NotFound if they go while they are read."""
    while start < end:
        found = store.read(principal.team, partial(_chunk_at, key=key, at=start))
        if found is None:
            raise NotFound("blob_unknown", field="sha256")
        at, content = found
        yield content[start - at : end - at]
        start = at + len(content)


def whole(store: CentralStore, principal: Principal, sha256: str) -> BlobKey:
    """What this person may read under that fingerprint; NotFound until all of it is here."""
    seen = store.read(principal.team, partial(_seen, principal=principal, sha256=sha256, size=None))
    if seen.whole_ms is None:
        raise NotFound("blob_unknown", field="sha256")
    return seen.key


def _seen(reading: Reading, *, principal: Principal, sha256: str, size: int | None) -> Blob:
    """What is here of what a record tells this person; whole if any of it is. Two records may tell of two sizes."""
    told = [key_of(one) for one in reading.blobs.records(sha256) if _may_see(principal, one)]
    keys = sorted({key for key in told if key and size in (None, key.size)}, key=lambda key: key.size)
    if not keys:
        raise NotFound("blob_unknown", field="sha256")
    here = [one for one in reading.blobs.of(sha256) if one.key in keys]
    complete = [one for one in here if one.whole_ms is not None]
    return next(iter([*complete, *(one for one in here if one.key == keys[0])]), Blob(keys[0], 0, 0))


def _chunk_at(reading: Reading, *, key: BlobKey, at: int) -> tuple[int, bytes] | None:
    return reading.blobs.chunk(key, at)


def _may_see(principal: Principal, record: StoredRecord) -> bool:
    return bool(set(record.scopes) & set(principal.scopes)) and not is_gone(record.cells)


def _standing(blob: Blob) -> Standing:
    return Standing(blob.has, blob.key.size, blob.whole_ms is not None)


def _finished(store: CentralStore, principal: Principal, kept: Blob, now_ms: Callable[[], int]) -> Standing:
    hashed = hashlib.sha256()
    for content in part_of(store, principal, kept.key, 0, kept.key.size):
        hashed.update(content)
    if hashed.hexdigest() != kept.key.sha256:
        store.write(principal.team, lambda ledger: ledger.blobs.drop(kept))
        raise NotValid("blob_hash", field="sha256")
    store.write(principal.team, partial(_receive, principal=principal, key=kept.key, now_ms=now_ms()))
    return Standing(kept.has, kept.key.size, is_whole=True)


def _receive(ledger: Ledger, *, principal: Principal, key: BlobKey, now_ms: int) -> None:
    """In one commit: the bytes are whole, and their records say so."""
    records = _of_size(ledger.blobs.records(key.sha256), key)
    merging = Merging(ledger, principal.team, now_ms, [(KIND, one.id) for one in records])
    ledger.blobs.settle(key, merging.server_ms)
    say_received(merging, records, by=principal.person)
    ledger.keep(merging.work())


def _of_size(records: Sequence[StoredRecord], key: BlobKey) -> list[StoredRecord]:
    return [one for one in records if key_of(one) == key]
