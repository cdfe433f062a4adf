"""One table as a reader sees it now: what is committed, and inside a transaction what it has written on top."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from field_app.vault.columns import Row
from field_app.vault.draft import TableDraft
from field_app.vault.layers import Layers
from field_app.vault.log import Spot
from field_app.vault.ops import Document, decode

ReadSpot = Callable[[Spot], bytes]


class Reading:
    """The documents of one table as bytes, in the order of the table."""

    __slots__ = ("_draft", "_known", "_read", "_state", "layers")

    def __init__(self, layers: Layers, draft: TableDraft | None, read: ReadSpot) -> None:
        self.layers, self._draft, self._read = layers, draft, read
        self._known = layers.known
        self._state = self._known.state

    @property
    def state(self) -> object | None:
        """Of what the table is like; another one as soon as a document is another. None inside a transaction on it."""
        return None if self._draft else self._state

    def is_still(self, state: object | None) -> bool:
        """Whether all that is read here is as it was in that state."""
        return self._draft is None and self._known.is_still(state)

    @property
    def exists(self) -> bool:
        """Whether there is such a table."""
        return self._draft.exists if self._draft else self.layers.exists

    @property
    def fresh_keys(self) -> list[str]:
        """The ids of documents that the transaction has put."""
        return list(self._draft.rows) if self._draft else []

    def __len__(self) -> int:
        if self._draft is None:
            return len(self.layers)
        older = 0 if self._draft.hides_older else len(self.layers) - len(self._draft.gone)
        return older + len(self._added())

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (self._is_drafted(key) or self._committed(key) is not None)

    def row(self, key: str) -> bytes | None:
        """One document's bytes, or None."""
        if self._draft is None:
            known = self._known.get(key)
            if known is not None:
                return known
        elif key in self._draft.rows:
            return self._draft.rows[key]
        committed = self._committed(key)
        return None if committed is None else self._row(committed)

    def document(self, row: Row) -> Document:
        """A committed document, parsed, for an index."""
        return decode(self._read(row.spot))

    def mark(self, key: str) -> object:
        """Something that is another as soon as the document is another."""
        if self._draft and self._is_drafted(key):
            return self._draft.rows[key]
        committed = self._committed(key)
        return committed.spot if committed else None

    def ids(self) -> list[str]:
        """All document ids."""
        if self._draft is None:
            return self.layers.ids()
        older = [] if self._draft.hides_older else [key for key in self.layers.ids() if key not in self._draft.gone]
        return older + self._added()

    def items(self) -> Iterator[tuple[str, bytes]]:
        """All documents. What is written while one reads is seen or not, but no document is seen in part."""
        if self._draft is None or not self._draft.hides_older:
            yield from self.of_rows(self.layers.in_order())
        if self._draft:
            for key in self._added():
                yield key, self._draft.rows[key]

    def narrowed(self, rows: Sequence[Row]) -> Iterator[tuple[str, bytes]]:
        """Those committed documents, and all that the transaction has put: no index knows them yet."""
        if self._draft is None:
            known, read = self._known.get, self._read
            return ((key, known(key) or read(spot)) for _, key, spot in rows)
        return self._narrowed(rows, self._draft)

    def _narrowed(self, rows: Sequence[Row], draft: TableDraft) -> Iterator[tuple[str, bytes]]:
        fresh = set(self.fresh_keys)
        if fresh or draft.hides_older:
            keys = {row.key for row in rows} | fresh
            yield from ((key, row) for key, row in self.items() if key in keys)
            return
        yield from self.of_rows(rows)

    def of_rows(self, rows: Iterable[Row]) -> Iterator[tuple[str, bytes]]:
        """Those committed documents, as the transaction has them now."""
        for row in rows:
            if self._draft is None:
                yield row.key, self._read(row.spot)
            elif row.key not in self._draft.gone:
                yield row.key, self._draft.rows.get(row.key) or self._read(row.spot)

    def _row(self, row: Row) -> bytes:
        """A committed document that may soon be asked for again."""
        known = self._known.get(row.key)
        if known is None:
            known = self._read(row.spot)
            self._known.keep(row.key, known, self._state)
        return known

    def _added(self) -> list[str]:
        """Ids of drafted documents that stand behind all committed ones."""
        if self._draft is None:
            return []
        return [key for key in self._draft.rows if not self._draft.is_committed(key)]

    def _is_drafted(self, key: str) -> bool:
        return self._draft is not None and key in self._draft.rows

    def _committed(self, key: str) -> Row | None:
        if self._draft and (self._draft.hides_older or key in self._draft.gone):
            return None
        return self.layers.find(key)
