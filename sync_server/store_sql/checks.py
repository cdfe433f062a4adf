"""Is the store whole? Asked by `verify`, never on the way of a request."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection, Select, and_, func, select

from sync_server.schema import blob, blob_chunk, blob_record, change_log, device_mark, feed, feed_floor, record, team
from sync_server.store_sql.audit import AuditChain

LOOKS_DELETED = '%"deleted":true%'
"""In the text of what is shown of a record: a tombstone, or in a strange value something that looks like one."""

LOOKS_RECEIVED = '%"received_at":"%'


def flaws(connection: Connection, chain: AuditChain) -> Iterator[str]:
    """Codes of what is wrong, each with a team or a count; nothing when all is well."""
    damaged = list(_pages(connection))
    if damaged:
        yield from damaged
        return
    yield from (f"audit_chain team={team_id}" for team_id in chain.broken(connection))
    yield from _counted(connection, "record_without_feed", _records_unfed())
    yield from _counted(connection, "feed_without_record", _feed_unheld())
    yield from _counted(connection, "seq_above_head", _above_head())
    yield from _counted(connection, "changes_with_a_gap", _gaps())
    yield from _counted(connection, "received_without_bytes", _unheld_bytes())
    yield from (f"blob_not_as_told blob={name[:12]}" for name in _other_bytes(connection))


def _pages(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for pragma in ("integrity_check", "cipher_integrity_check"):
        found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalars().all()
        if any(line != "ok" for line in found):
            yield f"{pragma} lines={len(found)}"


def _counted(connection: Connection, name: str, asked: Select[int]) -> Iterator[str]:
    count = connection.execute(asked).scalar_one()
    if count:
        yield f"{name} count={count}"


# Two lists held against each other once: asked for each row, a team's whole feed would be read as often as it has rows.
_RECORDS = select(record.c.team_id, record.c.kind, record.c.id, record.c.seq)
_FED = select(feed.c.team_id, feed.c.kind, feed.c.id, feed.c.seq).where(feed.c.op == "put")


def _records_unfed() -> Select[int]:
    unfed = _RECORDS.except_(_FED).subquery()
    same = and_(*(record.c[name] == unfed.c[name] for name in ("team_id", "kind", "id")))
    collected = select(feed_floor.c.seq).where(
        feed_floor.c.team_id == record.c.team_id, feed_floor.c.seq >= record.c.seq
    )
    is_collected = and_(record.c.shown.like(LOOKS_DELETED), collected.exists())
    return select(func.count()).select_from(unfed.join(record, same)).where(~is_collected)


def _feed_unheld() -> Select[int]:
    return select(func.count()).select_from(_FED.except_(_RECORDS).subquery())


def _above_head() -> Select[int]:
    joined = feed.join(team, team.c.team_id == feed.c.team_id)
    return select(func.count()).select_from(joined).where(feed.c.seq > team.c.seq)


def _gaps() -> Select[int]:
    whose = (change_log.c.team_id, change_log.c.device)
    counted = (func.count().label("kept"), func.max(change_log.c.n).label("top"))
    logged = select(*whose, *counted).group_by(*whose).subquery()
    marked = logged.join(
        device_mark, and_(device_mark.c.team_id == logged.c.team_id, device_mark.c.device == logged.c.device)
    )
    amiss = (logged.c.kept != device_mark.c.last_n) | (logged.c.top != device_mark.c.last_n)
    return select(func.count()).select_from(marked).where(amiss)


def _unheld_bytes() -> Select[int]:
    """Records that say that every byte is here, and it is not so."""
    whole = select(blob_record.c.record).where(
        blob_record.c.team_id == record.c.team_id,
        blob_record.c.record == record.c.id,
        blob.c.team_id == blob_record.c.team_id,
        blob.c.sha256 == blob_record.c.sha256,
        blob.c.whole_ms.is_not(None),
    )
    here = (record.c.kind == "attachment", record.c.shown.like(LOOKS_RECEIVED))
    return select(func.count()).select_from(record).where(*here, ~whole.exists())


def _other_bytes(connection: Connection) -> Iterator[str]:
    """Blobs that lack a chunk, or whose bytes are others than their fingerprint tells; one chunk at a time."""
    for key in connection.execute(select(blob).order_by(blob.c.team_id, blob.c.sha256, blob.c.size)).all():
        here = [blob_chunk.c[name] == getattr(key, name) for name in ("team_id", "sha256", "size")]
        chunks = select(blob_chunk.c.at, blob_chunk.c.bytes).where(*here).order_by(blob_chunk.c.at)
        hashed, reached = hashlib.sha256(), 0
        for at, content in connection.execute(chunks, execution_options={"yield_per": 1}):
            reached = reached + len(content) if at == reached else -1
            hashed.update(content)
        if reached != key.has or (key.whole_ms is not None and hashed.hexdigest() != key.sha256):
            yield key.sha256
