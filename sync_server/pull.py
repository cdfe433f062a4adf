"""What others changed: a page of the feed for the scopes of the person who asks, and for no other."""

import hashlib
import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from pydantic_core import from_json

from sync_server.auth import Principal
from sync_server.kept import FeedEntry, Head, StoredRecord
from sync_server.remembering import bookmark
from sync_server.showing import shown
from sync_server.store import Reading
from visit_core.protocol import FeedRow, OlderResponse, PullRequest, PullResponse
from visit_core.rules.aging import AGING, is_old
from visit_core.stamp import stamp_of

MAX_SEQ = 2**53
_AROUND = 150  # bytes of a row beside its fields


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read; in a body its rows are the texts that the store keeps, joined."""

    told: PullResponse  # without rows
    rows: Sequence[FeedEntry]
    cursors: Mapping[str, int]
    more: bool

    def as_json(self) -> bytes:
        """A `PullResponse`."""
        told = self.told.model_copy(update={"cursors": self.cursors, "more": self.more})
        about = told.model_dump_json(exclude={"rows"}, exclude_none=True).encode()
        return b'%b,"rows":[%b]}' % (about[:-1], b",".join(map(_row, self.rows)))


def page(reading: Reading, principal: Principal, asked: PullRequest, max_bytes: int, *, window_from: str = "") -> Page:
    """The next rows in the order of their numbers, as many as the limits allow, without what is outside the window."""
    head = reading.head()
    scopes = principal.scopes
    cursors = {scope: min(max(asked.cursors.get(scope, 0), 0), MAX_SEQ) for scope in scopes}
    told = _about(head, asked, scopes, bookmark(reading, principal.device, head))
    is_beyond = any(cursor > head.seq for cursor in cursors.values())  # by its own word: only it reads anew
    if is_beyond or _has_missed(cursors.values(), asked.walk_head or 0, reading.floor()):
        return Page(told.model_copy(update={"resync": True}), [], {}, more=True)
    fed = [rows for scope in scopes if (rows := reading.feed_after(scope, cursors[scope], asked.limit + 1))] or [[]]
    entries = fed[0] if len(fed) == 1 else heapq.merge(*fed, key=attrgetter("seq"))
    read = list(_within(entries, asked.limit, min(asked.max_bytes, max_bytes)))
    more = len(read) < sum(map(len, fed))
    reached = read[-1].seq if more else head.seq
    told = told.model_copy(update={"window_from": window_from})
    further = {scope: max(cursor, reached) for scope, cursor in cursors.items()}
    read_before = {scope: asked.walk_head or 0 for scope, cursor in cursors.items() if cursor}
    aged = stamp_of(window_from) if window_from else ""
    rows = [one for one in read if _is_news(one, read_before) or not _is_outside(one, window_from, aged)]
    return Page(told, rows, further, more)


def older(reading: Reading, principal: Principal, customer: str) -> OlderResponse:
    """What is done of one customer and lies where this person may see it, whatever its age."""
    found = reading.records_about([customer], sorted(AGING))
    rows = [_record_row(one, scope, principal.team) for one in found if (scope := _seen_in(one, principal.scopes))]
    return OlderResponse(epoch=reading.head().epoch, rows=rows)


def _record_row(record: StoredRecord, scope: str, team: str) -> FeedRow:
    return FeedRow.model_construct(
        scope=scope, seq=record.seq, op="put", kind=record.kind, id=record.id, fields=shown(record, team)
    )


def _seen_in(record: StoredRecord, scopes: Collection[str]) -> str:
    return next((scope for scope in record.scopes if scope in scopes), "")


def _has_missed(cursors: Collection[int], walk_head: int, floor: int) -> bool:
    """Whether tombstones were collected that this device had not read; whoever began below after that is all right."""
    return any(0 < cursor < floor for cursor in cursors) and walk_head < floor


def _about(head: Head, asked: PullRequest, scopes: Sequence[str], marked: str) -> PullResponse:
    version = _version(scopes)
    told = None if asked.scopes_v == version else list(scopes)
    return PullResponse(epoch=head.epoch, scopes_v=version, scopes=told, head=head.seq, bookmark=marked)


def _within(entries: Iterable[FeedEntry], limit: int, max_bytes: int) -> Iterator[FeedEntry]:
    """Rows up to the limits, but at least one, and never half of those that share a number."""
    size, last = 0, 0
    for count, entry in enumerate(entries):
        size += len(entry.shown or b"") + _AROUND
        if count and entry.seq != last and (count >= limit or size > max_bytes):
            return
        last = entry.seq
        yield entry


def _is_news(entry: FeedEntry, read_before: Mapping[str, int]) -> bool:
    """Whether the device may have an earlier version: its scope was read, and the row has changed since.

    However old the change is that arrived late: who has the record would never hear of it.
    """
    return entry.scope in read_before and entry.seq > read_before[entry.scope]


def _is_outside(entry: FeedEntry, window_from: str, aged: str) -> bool:
    """Whether the window leaves it out; it is only read for that if it was touched before the stamp `aged`."""
    if entry.kind not in AGING or entry.op != "put" or not entry.shown:
        return False
    is_late = entry.touched is None or entry.touched >= aged
    return not is_late and is_old(entry.kind, from_json(entry.shown), window_from)


def _row(entry: FeedEntry) -> bytes:
    """A `FeedRow`; none of what is put around the fields can hold a quotation mark."""
    about = f'{{"scope":"{entry.scope}","seq":{entry.seq},"op":"{entry.op}","kind":"{entry.kind}","id":"{entry.id}"'
    fields = b',"fields":%b' % entry.shown if entry.op == "put" and entry.shown else b""
    return b"%b%b}" % (about.encode(), fields)


def _version(scopes: Sequence[str]) -> int:
    """Another number for another set of scopes."""
    return int(hashlib.sha256(" ".join(scopes).encode()).hexdigest()[:8], 16)
