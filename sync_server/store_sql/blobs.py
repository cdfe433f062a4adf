"""The bytes of attachments as rows: one for each chunk as it came, and one that says how much is here."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync_server.kept import Blob, BlobKey, StoredRecord
from sync_server.schema import blob, blob_chunk, blob_record, record
from sync_server.store_sql.checks import LOOKS_DELETED
from sync_server.store_sql.ready import Ready
from sync_server.store_sql.record_rows import record_of
from visit_core.errors import OffsetMoved, TooLarge

KIND = "attachment"
_HAS = select(blob.c.size, blob.c.has, blob.c.touched_ms, blob.c.whole_ms).where(
    blob.c.team_id == bindparam("team"), blob.c.sha256 == bindparam("sha256")
)
_OF = Ready(_HAS.order_by(blob.c.size))
_HOLD = Ready(_HAS.where(blob.c.size == bindparam("size")).with_for_update())
_MORE = Ready(insert(blob_chunk))
_CHUNK = Ready(
    select(blob_chunk.c.at, blob_chunk.c.bytes)
    .where(
        blob_chunk.c.team_id == bindparam("team"),
        blob_chunk.c.sha256 == bindparam("sha256"),
        blob_chunk.c.size == bindparam("size"),
        blob_chunk.c.at <= bindparam("at"),
    )
    .order_by(blob_chunk.c.at.desc())
    .limit(1)
)
_TOLD_OF = and_(record.c.team_id == blob_record.c.team_id, record.c.id == blob_record.c.record, record.c.kind == KIND)


class SqlBlobs:
    """One team's, in the transaction that `connection` is in."""

    def __init__(self, connection: Connection, team_id: str) -> None:
        self._connection, self._team = connection, team_id

    def of(self, sha256: str) -> Sequence[Blob]:
        found = _OF(self._connection, team=self._team, sha256=sha256)
        return [Blob(BlobKey(sha256, size), *told) for size, *told in found]

    def records(self, sha256: str) -> Sequence[StoredRecord]:
        asked = select(record).select_from(blob_record.join(record, _TOLD_OF))
        here = (blob_record.c.team_id == self._team, blob_record.c.sha256 == sha256)
        found = self._connection.execute(asked.where(*here).order_by(record.c.id)).mappings()
        return [record_of(row) for row in found]

    def chunk(self, key: BlobKey, at: int) -> tuple[int, bytes] | None:
        found = _CHUNK.one(self._connection, team=self._team, sha256=key.sha256, size=key.size, at=at)
        if found is None or found[0] + len(found[1]) <= at:
            return None
        return found[0], bytes(found[1])

    def let_go(self) -> Sequence[str]:
        held = blob_record.join(record, _TOLD_OF).join(
            blob, and_(blob.c.team_id == blob_record.c.team_id, blob.c.sha256 == blob_record.c.sha256)
        )
        here = (blob_record.c.team_id == self._team, record.c.shown.like(LOOKS_DELETED))
        asked = select(blob_record.c.sha256).select_from(held).where(*here).distinct()
        return list(self._connection.execute(asked.order_by(blob_record.c.sha256)).scalars())

    def append(self, key: BlobKey, at: int, content: bytes, now_ms: int) -> Blob:
        held = self._held(key, now_ms)
        if at != held.has:
            raise OffsetMoved(offset=held.has, size=key.size)
        if at + len(content) > key.size:
            raise TooLarge("blob_too_long", limit=key.size)
        if not content:
            return held
        _MORE.of_each(self._connection, [(self._team, key.sha256, key.size, at, content)])
        self._connection.execute(update(blob).where(*self._here(key)).values(has=at + len(content), touched_ms=now_ms))
        return Blob(key, at + len(content), now_ms)

    def tell_of(self, sha256: str, record: str) -> None:
        row = {"team_id": self._team, "sha256": sha256, "record": record}
        self._connection.execute(self._fresh(blob_record).values(row).on_conflict_do_nothing())

    def settle(self, key: BlobKey, whole_ms: int) -> None:
        self._connection.execute(update(blob).where(*self._here(key)).values(whole_ms=whole_ms))

    def drop(self, blob_seen: Blob) -> None:
        same = (blob.c.has == blob_seen.has, blob.c.touched_ms == blob_seen.touched_ms)
        here = (*self._here(blob_seen.key), *same, blob.c.whole_ms.is_not_distinct_from(blob_seen.whole_ms))
        if self._connection.execute(delete(blob).where(*here)).rowcount:
            mine = (blob_chunk.c.team_id == self._team, blob_chunk.c.sha256 == blob_seen.key.sha256)
            self._connection.execute(delete(blob_chunk).where(*mine, blob_chunk.c.size == blob_seen.key.size))

    def _held(self, key: BlobKey, now_ms: int) -> Blob:
        """How much is here, and nobody else adds to it until this transaction ends."""
        row = {"team_id": self._team, "sha256": key.sha256, "size": key.size, "has": 0, "touched_ms": now_ms}
        self._connection.execute(self._fresh(blob).values(**row, whole_ms=None).on_conflict_do_nothing())
        (found,) = _HOLD(self._connection, team=self._team, sha256=key.sha256, size=key.size)
        return Blob(key, *found[1:])

    def _here(self, key: BlobKey) -> Sequence[ColumnElement[bool]]:
        return blob.c.team_id == self._team, blob.c.sha256 == key.sha256, blob.c.size == key.size

    def _fresh(self, table: Table) -> Any:
        """An insert that may find the row there already."""
        return (postgresql if self._connection.dialect.name == "postgresql" else sqlite).insert(table)
