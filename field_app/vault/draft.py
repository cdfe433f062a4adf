"""What a transaction has written so far: seen by readers inside it, by nobody else, and by no disk."""

from collections.abc import Callable, Iterator

from field_app.vault.columns import Row
from field_app.vault.layers import Layers
from field_app.vault.ops import DELETE, DROP, MAKE, PUT, Op


class TableDraft:
    """One table's part of a transaction."""

    __slots__ = ("_layers", "_older", "exists", "gone", "hides_older", "rows")

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._older: dict[str, Row | None] = {}  # committed rows that were looked for: once is enough
        self.exists, self.hides_older = layers.exists, False
        self.rows: dict[str, bytes] = {}
        self.gone: set[str] = set()  # committed documents that were deleted, be they put again since

    def put(self, key: str, row: bytes) -> None:
        """Keep a document; one that is there keeps its place."""
        self.rows[key] = row
        self.exists = True

    def delete(self, key: str) -> None:
        """Delete a document."""
        self.rows.pop(key, None)
        if self.is_committed(key):
            self.gone.add(key)

    def drop(self) -> None:
        """Drop the table."""
        self.rows.clear()
        self.gone.clear()
        self.exists, self.hides_older = False, True

    def has(self, key: str) -> bool:
        """Whether the transaction sees that document."""
        return key in self.rows or self.is_committed(key)

    def is_committed(self, key: str) -> bool:
        """Whether a document from before the transaction is still there."""
        return not self.hides_older and key not in self.gone and self.committed(key) is not None

    def committed(self, key: str) -> Row | None:
        """The document's row from before the transaction, whatever has become of it since."""
        if key not in self._older:
            self._older[key] = self._layers.find(key)
        return self._older[key]

    def copied(self) -> "TableDraft":
        """The draft as it is now."""
        copy = TableDraft(self._layers)
        copy.exists, copy.hides_older = self.exists, self.hides_older
        copy.rows, copy.gone = dict(self.rows), set(self.gone)
        return copy

    def ops(self, table: str) -> Iterator[Op]:
        """The transaction's ops for this table, in the order that replays to the same table."""
        if self.hides_older and self._layers.exists:
            yield Op(DROP, table)
        if self.exists and not self.rows and (self.hides_older or not self._layers.exists):
            yield Op(MAKE, table)
        for key in sorted(self.gone):
            yield Op(DELETE, table, key)
        for key, row in self.rows.items():
            yield Op(PUT, table, key, row)


class Draft:
    """One transaction over any tables."""

    __slots__ = ("_committed", "tables")

    def __init__(self, committed: Callable[[str], Layers]) -> None:
        self._committed = committed
        self.tables: dict[str, TableDraft] = {}

    def of(self, table: str) -> TableDraft:
        """The draft of a table, begun if it is not."""
        draft = self.tables.get(table)
        if draft is None:
            draft = self.tables[table] = TableDraft(self._committed(table))
        return draft

    def copied(self) -> "Draft":
        """The draft as it is now: what an inner step that fails goes back to."""
        copy = Draft(self._committed)
        copy.tables = {name: table.copied() for name, table in self.tables.items()}
        return copy

    def only_deletes(self) -> bool:
        """Whether nothing is put: such a commit makes room."""
        return not any(table.rows for table in self.tables.values())

    def ops(self) -> list[Op]:
        """All ops of the transaction."""
        return [op for name, table in self.tables.items() for op in table.ops(name)]
