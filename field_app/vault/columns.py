"""A table's rows as columns: no Python object a record, found by bisection in memory as it came from the file.

Rows stand in the order of the table. `killed` names rows of older layers that this one has replaced or deleted.
"""

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from field_app.vault.log import Spot

HEAD_BYTES = 8
_NEAR = 64
_new = tuple.__new__  # a named tuple's own constructor takes twice as long
Numbers = Sequence[int]  # an array, or a memory view cast to the same


class Row(NamedTuple):
    """One document: its id, its place in the order of the table, and where it is kept."""

    order: int
    key: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Entries:
    """One index over a table's rows: sorted entries of one width, and the row of each."""

    width: int
    heads: Numbers  # the first eight bytes of each, as numbers that sort the same
    tails: bytes | memoryview  # the bytes behind them
    rows: Numbers
    odd: int = 0  # rows whose value cannot be put in order

    @property
    def parts(self) -> tuple[Numbers, bytes | memoryview, Numbers]:
        """What a file keeps of it, in this order."""
        return self.heads, self.tails, self.rows

    def between(self, low: bytes, high: bytes) -> Numbers:
        """The rows whose entries lie from `low` to `high`, both included."""
        heads = self.heads
        head, last = int.from_bytes(low[:HEAD_BYTES], "big"), int.from_bytes(high[:HEAD_BYTES], "big")
        first = bisect_left(heads, head)
        near = first + _NEAR  # most often the last is near the first
        if near < len(heads) and heads[near] > last:
            behind = bisect_right(heads, last, first, near)
        else:
            behind = bisect_right(heads, last, first)
        if self.width > HEAD_BYTES and first < behind:
            tail = self._tails(first, behind)
            alike = behind if head == last else bisect_right(heads, head, first, behind)
            at_last = first if head == last else bisect_left(heads, last, first, behind)
            behind = at_last + bisect_right(range(at_last, behind), high[HEAD_BYTES:], key=tail)
            first += bisect_left(range(first, min(alike, behind)), low[HEAD_BYTES:], key=tail)
        return self.rows[first:behind]

    def has_head(self, entry: bytes) -> bool:
        """Whether some entry begins with the same eight bytes."""
        head = int.from_bytes(entry[:HEAD_BYTES], "big")
        at = bisect_left(self.heads, head)
        return at < len(self.heads) and self.heads[at] == head

    def by_row(self, rows: int) -> list[bytes | None]:
        """The entry of each of the layer's rows."""
        found: list[bytes | None] = [None] * rows
        for number, row in enumerate(self.rows):
            found[row] = self.key(number)
        return found

    def key(self, number: int) -> bytes:
        """The entry at a place of the sorted order."""
        return self.heads[number].to_bytes(HEAD_BYTES, "big") + self._tail(number)

    def _tails(self, first: int, behind: int) -> Callable[[int], bytes]:
        """What gives the tail of each of these; few are copied at once, of many each as it is asked for."""
        if behind - first > _NEAR:
            return self._tail
        width = self.width - HEAD_BYTES
        near = bytes(self.tails[first * width : behind * width])

        def tail(number: int) -> bytes:
            at = (number - first) * width
            return near[at : at + width]

        return tail

    def _tail(self, number: int) -> bytes:
        width = self.width - HEAD_BYTES
        return bytes(self.tails[number * width : (number + 1) * width])


@dataclass(frozen=True, slots=True)
class Columns:
    """One layer of one table."""

    exists: bool
    hides_older: bool  # the table was dropped before these rows came
    total: int  # documents the table has with this layer on top
    key_ends: Numbers
    key_text: bytes
    sums: Numbers  # CRC-32 of the ids, sorted
    sum_rows: Numbers
    orders: Numbers
    offsets: Numbers
    seqs: Numbers
    places: Numbers
    killed: Numbers
    entries: dict[str, Entries] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.orders)

    def find(self, key: str) -> int | None:
        """The row of a document id, or None."""
        wanted = key.encode("utf-8", "surrogatepass")
        total = zlib.crc32(wanted)
        at = bisect_left(self.sums, total)
        while at < len(self.sums) and self.sums[at] == total:
            row = self.sum_rows[at]
            if self.key_of(row) == wanted:
                return row
            at += 1
        return None

    def kills(self, order: int) -> bool:
        """Whether this layer has replaced or deleted the older row of that order."""
        at = bisect_left(self.killed, order)
        return at < len(self.killed) and self.killed[at] == order

    def keys(self) -> Iterator[str]:
        """The ids of all rows, in order."""
        begin, text = 0, bytes(self.key_text)
        for end in self.key_ends:
            yield str(text[begin:end], "utf-8", "surrogatepass")
            begin = end

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """The rows of these numbers."""
        ends, text, orders = self.key_ends, self.key_text, self.orders
        offsets, seqs, places = self.offsets, self.seqs, self.places
        found: list[Row] = []
        for number in numbers:
            key = text[ends[number - 1] if number else 0 : ends[number]].decode("utf-8", "surrogatepass")
            spot = _new(Spot, (offsets[number], seqs[number], places[number]))
            found.append(_new(Row, (orders[number], key, spot)))
        return found

    def row(self, number: int) -> Row:
        """One row."""
        return self.rows((number,))[0]

    def key_of(self, number: int) -> bytes:
        """The id of one row, as it is kept."""
        begin = self.key_ends[number - 1] if number else 0
        return self.key_text[begin : self.key_ends[number]]


class Indexed(NamedTuple):
    """A row with what each index of its table knows of it, in the order they are declared."""

    row: Row
    entries: Sequence[bytes | None]


class Column(NamedTuple):
    """An index as a layer keeps it: its name, the bytes of an entry, how many rows cannot be put in order."""

    name: str
    width: int
    odd: int


Place = tuple[int, int]
"""A layer and a row of it."""

Known = Sequence[Sequence[bytes | None]]
"""By layer and row what an index knows of it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a layer is besides its rows."""

    exists: bool
    hides_older: bool
    total: int
    killed: Iterable[int] = ()


_NUMBERS = (("orders", "Q"), ("offsets", "Q"), ("seqs", "Q"), ("places", "I"))


def columns_of(rows: Iterable[Indexed], shape: Shape, indexes: Sequence[Column]) -> Columns:
    """A layer from its rows in order."""
    kept = list(rows)
    numbers = {
        "orders": array("Q", (indexed.row.order for indexed in kept)),
        "offsets": array("Q", (indexed.row.spot.offset for indexed in kept)),
        "seqs": array("Q", (indexed.row.spot.seq for indexed in kept)),
        "places": array("I", (indexed.row.spot.pos for indexed in kept)),
    }
    entries = [_entries([indexed.entries[at] for indexed in kept], index) for at, index in enumerate(indexes)]
    keys = [indexed.row.key.encode("utf-8", "surrogatepass") for indexed in kept]
    return _laid_out(keys, numbers, shape, {index.name: each for index, each in zip(indexes, entries, strict=True)})


def joined(layers: Sequence[Columns], rows: Sequence[Place], shape: Shape, indexes: Mapping[Column, Known]) -> Columns:
    """One layer of those rows of several, in that order, and no object for any of them: there may be many.

    `indexes` tell, for each layer, what is known of each of its rows.
    """
    numbers = {name: array(code, (getattr(layers[at], name)[row] for at, row in rows)) for name, code in _NUMBERS}
    entries = {index.name: _entries([known[at][row] for at, row in rows], index) for index, known in indexes.items()}
    return _laid_out([layers[at].key_of(row) for at, row in rows], numbers, shape, entries)


def _laid_out(
    keys: Sequence[bytes], numbers: "Mapping[str, array[int]]", shape: Shape, entries: Mapping[str, Entries]
) -> Columns:
    sums = array("I", map(zlib.crc32, keys))
    by_sum = sorted(range(len(keys)), key=sums.__getitem__)
    return Columns(
        exists=shape.exists,
        hides_older=shape.hides_older,
        total=shape.total,
        key_ends=array("I", _ends(keys)),
        key_text=b"".join(keys),
        sums=array("I", (sums[number] for number in by_sum)),
        sum_rows=array("I", by_sum),
        killed=array("Q", sorted(shape.killed)),
        entries=dict(entries),
        **numbers,
    )


def _entries(of_rows: Sequence[bytes | None], index: Column) -> Entries:
    found = {number: entry for number, entry in enumerate(of_rows) if entry is not None}
    in_order = sorted(found, key=found.__getitem__)
    return Entries(
        index.width,
        array("Q", (int.from_bytes(found[number][:HEAD_BYTES], "big") for number in in_order)),
        b"".join([found[number][HEAD_BYTES:] for number in in_order]),
        array("I", in_order),
        index.odd,
    )


def _ends(keys: Iterable[bytes]) -> Iterator[int]:
    end = 0
    for key in keys:
        end += len(key)
        yield end
