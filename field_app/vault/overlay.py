"""What has happened to a table since its newest columns were written: plain dicts, small by construction."""

import threading
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from field_app.vault.cache import KnownRows
from field_app.vault.columns import Indexed, Row
from field_app.vault.indexes import Index
from field_app.vault.ops import decode
from field_app.vault.taken import Taken

ReadRow = Callable[[Row], Mapping[str, Any]]
_new = tuple.__new__  # a named tuple's own constructor takes twice as long
_BEHIND_IDS = b"\xff"  # no text begins so in UTF-8
_AT_ONCE = 32  # more fresh entries than this are sorted in together


class Overlay:
    """The newest layer of one table."""

    def __init__(self, known: KnownRows, *, exists: bool = False, hides_older: bool = False, total: int = 0) -> None:
        self._known = known
        self.exists, self.hides_older, self.total = exists, hides_older, total
        self.rows: dict[str, Row] = {}
        self.killed: set[int] = set()
        self.log: list[str] = []  # the ids that were put or deleted, in order; indexes catch up by it
        self.is_in_order = True
        self._entries: dict[str, FreshEntries] = {}
        self._taken: dict[str, Taken] = {}
        self._catching_up = threading.RLock()  # readers of several threads may ask at once

    @property
    def is_touched(self) -> bool:
        """Whether there is anything that the columns below do not say."""
        return bool(self.rows or self.killed or self.hides_older)

    def put(self, key: str, row: Row, older: Row | None) -> None:
        """Keep a document; one that was there keeps its place."""
        known = self.rows.get(key)
        if known is not None:
            row = _new(Row, (known.order, key, row.spot))
        elif older is not None:
            row = _new(Row, (older.order, key, row.spot))
            self.killed.add(older.order)
            self.is_in_order = False
        else:
            self.total += 1
        self.rows[key] = row
        self.log.append(key)
        self.exists = True

    def delete(self, key: str, older: Row | None) -> None:
        """Forget a document."""
        known = self.rows.pop(key, None)
        self.log.append(key)
        if known is None and older is not None:
            self.killed.add(older.order)
        self.total -= known is not None or older is not None

    def document(self, key: str, read: ReadRow) -> Mapping[str, Any] | None:
        """One of its documents, for an index; None if it has been deleted."""
        row = self.rows.get(key)
        known = self._known.get(key)
        return row and (read(row) if known is None else decode(known))

    def in_order(self) -> list[Row]:
        """Its rows in the order of the table."""
        rows = list(self.rows.values())
        return rows if self.is_in_order else sorted(rows)

    def entries(self, index: Index, read: ReadRow) -> "FreshEntries":
        """The index over these rows, brought up to date."""
        entries = self._entries.get(index.name)
        if entries is None or entries.seen != len(self.log):
            with self._catching_up:
                entries = self._entries.setdefault(index.name, FreshEntries(index))
                entries.catch_up(self, read)
        return entries

    def between(self, index: Index, low: bytes, high: bytes, read: ReadRow) -> list[Row]:
        """The rows whose entries lie from `low` to `high`, both included."""
        if index.is_unique and index.equal and low == high:
            keys: Sequence[str] = self.taken(index, read).by(low)
        else:
            with self._catching_up:
                keys = self.entries(index, read).between(low, high)
        rows = self.rows
        return [rows[key] for key in keys if key in rows] if keys else []

    def taken(self, index: Index, read: ReadRow) -> Taken:
        """What its rows have in a unique index, brought up to date."""
        taken = self._taken.get(index.name)
        if taken is None or taken.seen != len(self.log):
            with self._catching_up:
                taken = self._taken.setdefault(index.name, Taken(index))
                taken.catch_up(self.log, lambda key: self.document(key, read) if key in self.rows else None)
        return taken

    def taken_by(self, index: Index, entry: bytes) -> tuple[str, ...]:
        """The documents put with it, some of them gone since, as far as `taken` was brought up to date."""
        return self._taken[index.name].by(entry)

    def indexed(self, indexes: Sequence[Index], read: ReadRow) -> Iterator[Indexed]:
        """Its rows in order, with what each index knows of them."""
        every = [self.entries(index, read) for index in indexes]
        for row in self.in_order():
            yield Indexed(row, [entries.by_key[row.key] for entries in every])


class FreshEntries:
    """One index over the rows of an overlay: brought up to date when somebody asks, never while somebody saves."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.by_key: dict[str, bytes | None] = {}
        self.odd: set[str] = set()
        self._sorted: list[bytes] = []  # an entry and the id behind it: entries of an index are of one length
        self.seen = 0

    def catch_up(self, overlay: Overlay, read: ReadRow) -> None:
        """Take in what was put and let go of what was deleted since the last time."""
        upto = len(overlay.log)  # somebody may be saving on another thread
        if self.seen == upto:
            return
        fresh = dict.fromkeys(overlay.log[self.seen : upto])
        is_one_by_one = len(fresh) <= _AT_ONCE
        for key in fresh:
            self._forget(key, is_sorted=is_one_by_one)
            document = overlay.document(key, read)
            if document is not None:
                self._note(key, document, is_sorted=is_one_by_one)
        if not is_one_by_one:
            self._sorted = sorted(_named(entry, key) for key, entry in self.by_key.items() if entry is not None)
        self.seen = upto

    def between(self, low: bytes, high: bytes) -> list[str]:
        """The ids of the documents whose entries lie from `low` to `high`, both included."""
        entries, width = self._sorted, len(low)
        first = bisect_left(entries, low)
        behind = bisect_left(entries, high + _BEHIND_IDS, first)
        return [named[width:].decode("utf-8", "surrogatepass") for named in entries[first:behind]]

    def _note(self, key: str, document: Mapping[str, Any], *, is_sorted: bool) -> None:
        entry = self.by_key[key] = self.index.entry(document)
        if self.index.is_odd(document):
            self.odd.add(key)
        if entry is not None and is_sorted:
            insort(self._sorted, _named(entry, key))

    def _forget(self, key: str, *, is_sorted: bool) -> None:
        entry = self.by_key.pop(key, None)
        self.odd.discard(key)
        if entry is not None and is_sorted:
            del self._sorted[bisect_left(self._sorted, _named(entry, key))]


def _named(entry: bytes, key: str) -> bytes:
    return entry + key.encode("utf-8", "surrogatepass")
