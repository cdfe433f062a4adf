"""What the server itself says of attachments: that every byte of them is here, and when that is no longer so."""

from collections.abc import Iterable

from sync_server.kept import BlobKey, StoredRecord
from sync_server.merging import Merging
from sync_server.sent import Sent
from sync_server.store import Blobs
from visit_core.merge import DELETED, is_gone
from visit_core.stamp import instant

KIND, RECEIVED = "attachment", "received_at"


def key_of(record: StoredRecord) -> BlobKey | None:
    """The bytes that a record tells of; None if it does not say yet."""
    told = [record.cells.get(name) for name in ("sha256", "size")]
    sha256, size = [cell.value if cell else None for cell in told]
    return BlobKey(sha256, size) if isinstance(sha256, str) and isinstance(size, int) else None


def is_received(record: StoredRecord) -> bool:
    """Whether it says that all its bytes are here."""
    cell = record.cells.get(RECEIVED)
    return cell is not None and cell.value is not None


def note_told(merging: Merging, blobs: Blobs, changes: Iterable[Sent]) -> None:
    """Attachments of this push: each is found by its fingerprint from now on, and what is here already is received."""
    told = [sent.change for sent in changes if sent.key and sent.key[0] == KIND]
    by_id = {change.id: change.by for change in told if change}
    for id, by in by_id.items():
        record = merging.record((KIND, id))
        key = key_of(record) if record else None
        if record and key:
            blobs.tell_of(key.sha256, id)
            if _is_here(blobs, key):
                say_received(merging, [record], by=by)


def _is_here(blobs: Blobs, key: BlobKey) -> bool:
    return any(one.key == key and one.whole_ms is not None for one in blobs.of(key.sha256))


def say_received(merging: Merging, records: Iterable[StoredRecord], *, by: str) -> None:
    """Every byte of theirs is here; a record in the bin hears of it when it is taken out."""
    for record in records:
        if not is_received(record) and not is_gone(record.cells):
            merging.server_sets((KIND, record.id), {RECEIVED: instant(merging.server_ms)}, by=by)


def take_back(merging: Merging, deleted: Iterable[StoredRecord]) -> None:
    """Their bytes are let go of: whoever still has them sends them again once a record is taken out of the bin."""
    for record in deleted:
        if is_received(record):
            merging.server_sets((KIND, record.id), {RECEIVED: None}, by=record.cells[DELETED].by)
