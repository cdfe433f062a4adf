"""What others changed: a page of the feed for the scopes of the person who asks, and for no other."""

import hashlib
import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence

from pydantic import JsonValue

from sync_server.auth import Principal
from sync_server.kept import FeedEntry, Head, StoredRecord
from sync_server.store import Reading
from visit_core.merge import DELETED
from visit_core.protocol import FeedRow, OlderResponse, PullRequest, PullResponse
from visit_core.rules.aging import AGING, is_old
from visit_core.stamp import instant_of

MAX_SEQ = 2**53


def page(
    reading: Reading, principal: Principal, asked: PullRequest, max_bytes: int, *, window_from: str = ""
) -> PullResponse:
    """The next rows in the order of their numbers, as many as the limits allow, without what is outside the window."""
    head = reading.head()
    scopes = principal.scopes
    cursors = {scope: min(max(asked.cursors.get(scope, 0), 0), MAX_SEQ) for scope in scopes}
    if _has_missed(cursors.values(), asked.walk_head or 0, reading.floor()):
        return _resync(head, asked, scopes)
    fed = [reading.feed_after(scope, cursors[scope], asked.limit + 1) for scope in scopes]
    entries = heapq.merge(*fed, key=lambda entry: entry.seq)
    read = list(_within(entries, principal.team, asked.limit, min(asked.max_bytes, max_bytes)))
    more = len(read) < sum(map(len, fed))
    reached = read[-1].seq if more else head.seq
    rows = [row for row in read if not is_old(row.kind, row.fields or {}, window_from)]
    version = _version(scopes)
    return PullResponse(
        epoch=head.epoch,
        scopes_v=version,
        scopes=None if asked.scopes_v == version else list(scopes),
        rows=rows,
        cursors={scope: max(cursor, reached) for scope, cursor in cursors.items()},
        more=more,
        head=head.seq,
        window_from=window_from,
    )


def older(reading: Reading, principal: Principal, customer: str) -> OlderResponse:
    """What is done of one customer and lies where this person may see it, whatever its age."""
    found = reading.records_about(customer, sorted(AGING))
    entries = [FeedEntry(_seen_in(one, principal.scopes), one.seq, "put", one.kind, one.id, one) for one in found]
    rows = [_row(entry, principal.team) for entry in entries if entry.scope]
    return OlderResponse(epoch=reading.head().epoch, rows=rows)


def _seen_in(record: StoredRecord, scopes: Collection[str]) -> str:
    return next((scope for scope in record.scopes if scope in scopes), "")


def _has_missed(cursors: Collection[int], walk_head: int, floor: int) -> bool:
    """Whether tombstones were collected that this device had not read; whoever began below after that is all right."""
    return any(0 < cursor < floor for cursor in cursors) and walk_head < floor


def _resync(head: Head, asked: PullRequest, scopes: Sequence[str]) -> PullResponse:
    version = _version(scopes)
    told = None if asked.scopes_v == version else list(scopes)
    return PullResponse(epoch=head.epoch, scopes_v=version, scopes=told, more=True, head=head.seq, resync=True)


def shown(record: StoredRecord, team: str) -> dict[str, JsonValue]:
    """A record as devices get it: its live registers, and what only the server can tell."""
    live = {name: cell.value for name, cell in record.cells.items() if cell.value is not None}
    last = max(record.cells.values(), key=lambda cell: cell.at)
    created = record.cells.get("created_at")
    told: dict[str, JsonValue] = {
        "created_by": created.by if created else None,
        "updated_at": instant_of(last.at),
        "updated_by": last.by,
        "team_id": team,
    }
    return {"created_at": None, DELETED: False, **live, **told}


def _within(entries: Iterable[FeedEntry], team: str, limit: int, max_bytes: int) -> Iterator[FeedRow]:
    """Rows up to the limits, but at least one, and never half of those that share a number."""
    size, last = 0, 0
    for count, entry in enumerate(entries):
        row = _row(entry, team)
        size += len(row.model_dump_json())
        if count and entry.seq != last and (count >= limit or size > max_bytes):
            return
        last = entry.seq
        yield row


def _row(entry: FeedEntry, team: str) -> FeedRow:
    fields = shown(entry.record, team) if entry.record and entry.op == "put" else None
    return FeedRow.model_construct(
        scope=entry.scope, seq=entry.seq, op=entry.op, kind=entry.kind, id=entry.id, fields=fields
    )


def _version(scopes: Sequence[str]) -> int:
    """Another number for another set of scopes."""
    return int(hashlib.sha256(" ".join(scopes).encode()).hexdigest()[:8], 16)
