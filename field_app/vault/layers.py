"""One table as it is committed: layers of columns, oldest first, and what has happened since on top.

A row keeps its place in the order of the table for as long as its document lives. A newer layer names the orders
it has replaced or deleted; a row is alive if no layer above it names it.
"""

from collections.abc import Iterator, Sequence

from field_app.vault.asked import Wording
from field_app.vault.cache import KnownRows
from field_app.vault.columns import Column, Columns, Row, Shape, columns_of, joined
from field_app.vault.indexes import Index
from field_app.vault.overlay import Overlay, ReadRow
from field_app.vault.way import Way


class Layers:
    """The committed rows of one table; `Layers()` is a table that does not exist."""

    def __init__(self, columns: Sequence[Columns] = (), known: KnownRows | None = None) -> None:
        self.columns = list(columns)
        self.known = known or KnownRows()
        self.overlay = self._fresh_overlay()
        self._usable: tuple[Sequence[Index], Sequence[Index]] | None = None
        self.ways: dict[Wording, Way] = {}  # to the answers of questions
        self._missing: tuple[object, str] = (
            (),
            "",
        )  # the id that these very columns lacked last: who puts it asks twice

    @property
    def exists(self) -> bool:
        """Whether there is such a table, be it empty."""
        return self.overlay.exists

    def __len__(self) -> int:
        return self.overlay.total

    def find(self, key: str) -> Row | None:
        """The row of a document id, or None."""
        row = self.overlay.rows.get(key)
        return self._find_older(key) if row is None and self.columns else row

    def in_order(self) -> list[Row]:
        """All rows in the order of the table."""
        fresh = self.overlay.in_order()
        if self.overlay.hides_older or not self.columns:
            return fresh
        rows = [self.columns[at].row(number) for at, number in self._alive()]
        return sorted(rows + fresh) if rows else fresh

    def ids(self) -> list[str]:
        """All document ids in the order of the table."""
        return [row.key for row in self.in_order()]

    def unordered_ids(self) -> Iterator[str]:
        """All document ids, in no order: cheaper than `ids`."""
        yield from self.overlay.rows
        if not self.overlay.hides_older:
            for at, columns in enumerate(self.columns):
                dead = self._dead_above(at)
                pairs = zip(columns.keys(), columns.orders, strict=True)
                yield from (key for key, order in pairs if order not in dead)

    def candidates(self, index: Index, low: bytes, high: bytes, read: ReadRow) -> list[Row]:
        """The rows whose entries lie from `low` to `high`, both included, in the order of the table."""
        overlay = self.overlay
        found = overlay.between(index, low, high, read) if overlay.rows else []
        if not overlay.hides_older:
            for at, columns in enumerate(self.columns):
                rows = columns.rows(columns.entries[index.name].between(low, high))
                found += self._living(at, rows) if self._has_dead(at) else rows
        if len(found) > 1:
            found.sort()
        return found

    def may_have(self, unique: Index, entry: bytes) -> bool:
        """Whether some row of the columns may have that in a unique index."""
        for columns in self.columns:
            if columns.entries[unique.name].has_head(entry):
                return not self.overlay.hides_older
        return False

    def having(self, unique: Index, entry: bytes) -> list[Row]:
        """The rows that may have it."""
        found = [self.overlay.rows[key] for key in self.overlay.taken_by(unique, entry) if key in self.overlay.rows]
        for at, columns in enumerate([] if self.overlay.hides_older else self.columns):
            numbers = columns.entries[unique.name].between(entry, entry)
            found += [columns.row(number) for number in numbers if not self._is_dead(at, columns.orders[number])]
        return found

    @property
    def is_changed(self) -> bool:
        """Whether something has happened since the newest columns."""
        below = self.columns[-1].exists if self.columns else False
        return self.overlay.is_touched or self.overlay.exists != below

    def usable(self, indexes: Sequence[Index]) -> Sequence[Index]:
        """Those of these indexes that every layer has, the most telling first."""
        known = self._usable
        if known is None or known[0] is not indexes:
            known = self._usable = indexes, sorted(filter(self.knows, indexes), key=_telling, reverse=True)
        return known[1]

    def knows_all(self, indexes: Sequence[Index]) -> bool:
        """Whether every layer has all these indexes."""
        return all(map(self.knows, indexes))

    def knows(self, index: Index) -> bool:
        """Whether every layer has that index; files of another release may not."""
        return all(index.name in columns.entries for columns in self.columns) or self.overlay.hides_older

    def has_odd(self, index: Index, read: ReadRow) -> bool:
        """Whether some value cannot be put in order, so that asking for a range is for TinyDB to answer or refuse."""
        if self.overlay.rows and self.overlay.entries(index, read).odd:
            return True
        for columns in self.columns:
            if columns.entries[index.name].odd:
                return not self.overlay.hides_older
        return False

    def put(self, key: str, row: Row, remembered: bytes | None) -> None:
        """A document was committed; `row` names its place if it is new, `remembered` is it if it may be asked for."""
        known, overlay = self.known, self.overlay
        with known.lock:
            is_fresh = key in overlay.rows
            older = self._find_older(key) if self.columns and not is_fresh else None
            if is_fresh or older is not None:
                known.forget(key)
            known.state = None
            overlay.put(key, row, older)
            known.settle(key, remembered)

    def delete(self, key: str) -> None:
        """A document was deleted."""
        with self.known.lock:
            self.known.forget(key)
            self.overlay.delete(key, None if key in self.overlay.rows else self._find_older(key))
            self.known.settle()

    def drop(self) -> None:
        """The table was dropped."""
        with self.known.lock:
            self.known.forget_all()
            self._knows_others()
            self.overlay = Overlay(self.known, hides_older=bool(self.columns))
            self.known.settle()

    def make(self) -> None:
        """The table exists, be it empty."""
        with self.known.lock:
            self.known.forget_all()
            self.overlay.exists = True
            self.known.settle()

    def fresh_columns(self, indexes: Sequence[Index], read: ReadRow) -> Columns:
        """What has happened since the newest columns, as columns."""
        overlay = self.overlay
        shape = Shape(overlay.exists, overlay.hides_older, overlay.total, overlay.killed)
        columns = [Column(index.name, index.width, len(overlay.entries(index, read).odd)) for index in indexes]
        return columns_of(overlay.indexed(indexes, read), shape, columns)

    def add(self, columns: Columns) -> None:
        """`columns` say all that has happened; begin a new overlay."""
        self._knows_others()
        self.columns = [columns] if columns.hides_older else [*self.columns, columns]
        self.overlay = self._fresh_overlay()

    def merged(self, indexes: Sequence[Index], read: ReadRow) -> Columns:
        """All columns as one layer; nothing may have happened since. Indexes that a file lacks are made by reading."""
        made = [[_entries(columns, index, read) for index in indexes] for columns in self.columns]
        rows = sorted(self._alive(), key=lambda row: self.columns[row[0]].orders[row[1]])
        odd = [sum(layer[number][1] for layer in made) for number in range(len(indexes))]
        known = {
            Column(index.name, index.width, odd[number]): [layer[number][0] for layer in made]
            for number, index in enumerate(indexes)
        }
        return joined(self.columns, rows, Shape(self.exists, False, len(rows)), known)

    def _knows_others(self) -> None:
        """Which indexes every layer has may be others now."""
        self._usable = None
        self.ways = {}

    def _fresh_overlay(self) -> Overlay:
        if not self.columns:
            return Overlay(self.known)
        return Overlay(self.known, exists=self.columns[-1].exists, total=self.columns[-1].total)

    def _alive(self) -> Iterator[tuple[int, int]]:
        """Layer and number of every row of the columns that is alive."""
        for at, columns in enumerate(self.columns):
            if not self._has_dead(at):
                yield from ((at, number) for number in range(len(columns)))
                continue
            dead = self._dead_above(at)
            yield from ((at, number) for number, order in enumerate(columns.orders) if order not in dead)

    def _living(self, at: int, rows: list[Row]) -> list[Row]:
        """Those of a layer's rows that are alive."""
        killed, newer = self.overlay.killed, self.columns[at + 1 :]
        if newer:
            return [row for row in rows if not self._is_dead(at, row.order)]
        return [row for row in rows if row.order not in killed]

    def _dead_above(self, at: int) -> set[int]:
        return self.overlay.killed.union(*(columns.killed for columns in self.columns[at + 1 :]))

    def _find_older(self, key: str) -> Row | None:
        columns, missing = self.columns, self._missing
        if self.overlay.hides_older or (missing[1] == key and missing[0] is columns):
            return None
        for at in range(len(columns) - 1, -1, -1):
            number = columns[at].find(key)
            if number is not None:
                row = columns[at].row(number)
                return None if self._has_dead(at) and self._is_dead(at, row.order) else row
        self._missing = columns, key
        return None

    def _has_dead(self, at: int) -> bool:
        return at + 1 < len(self.columns) or bool(self.overlay.killed)

    def _is_dead(self, at: int, order: int) -> bool:
        return order in self.overlay.killed or any(newer.kills(order) for newer in self.columns[at + 1 :])


def _entries(columns: Columns, index: Index, read: ReadRow) -> tuple[list[bytes | None], int]:
    """What an index knows of each row of a layer, and how many cannot be put in order."""
    known = columns.entries.get(index.name)
    if known:
        return known.by_row(len(columns)), known.odd
    documents = [read(columns.row(number)) for number in range(len(columns))]
    return [index.entry(document) for document in documents], sum(map(index.is_odd, documents))


def _telling(index: Index) -> tuple[bool, int, bool]:
    """The greater, the fewer documents an index is likely to answer with."""
    return index.is_unique, bool(index.equal) + bool(index.ordered), bool(index.equal)
