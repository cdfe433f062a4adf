"""What a transaction has written so far: seen by readers on its own thread, by nobody else, and by no disk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import get_ident
from typing import Any

from field_app.vault.columns import Row
from field_app.vault.indexes import Index, Path, value_at
from field_app.vault.layers import Layers
from field_app.vault.ops import DELETE, DROP, MAKE, PUT, Op, decode

_new = tuple.__new__  # a named tuple's own constructor takes twice as long


class TableDraft:
    """One table's part of a transaction."""

    __slots__ = ("_older", "exists", "gone", "hides_older", "layers", "rows", "texts", "unique")

    def __init__(self, layers: Layers, unique: Sequence[Index]) -> None:
        self.layers, self.unique = layers, unique
        self.texts: dict[str, list[str | None]] = {}  # what each document put has in each unique index
        self._older: dict[str, Row | None] = {}  # committed rows that were looked for: once is enough
        self.exists, self.hides_older = layers.overlay.exists, False
        self.rows: dict[str, bytes] = {}
        self.gone: set[str] = set()  # committed documents that were deleted, be they put again since

    def put(self, key: str, row: bytes, document: Mapping[str, Any] | None = None) -> None:
        """Keep a document; one that is there keeps its place. `document` spares parsing its `row` again."""
        self.rows[key] = row
        self.exists = True
        if self.unique:
            self.texts[key] = [_text(index.equal or (), row, document) for index in self.unique]

    def delete(self, key: str) -> None:
        """Delete a document."""
        self.rows.pop(key, None)
        self.texts.pop(key, None)
        if self.is_committed(key):
            self.gone.add(key)

    def drop(self) -> None:
        """Drop the table."""
        self.rows.clear()
        self.texts.clear()
        self.gone.clear()
        self.exists, self.hides_older = False, True

    def has(self, key: str) -> bool:
        """Whether the transaction sees that document."""
        if key in self.rows:
            return True
        return not self.hides_older and key not in self.gone and self.committed(key) is not None

    def ids(self) -> Iterator[str]:
        """The ids of all documents that the transaction sees, in no order; some may come twice."""
        yield from self.rows
        if not self.hides_older:
            yield from (key for key in self.layers.unordered_ids() if key not in self.gone)

    def is_committed(self, key: str) -> bool:
        """Whether a document from before the transaction is still there."""
        return not self.hides_older and key not in self.gone and self.committed(key) is not None

    def committed(self, key: str) -> Row | None:
        """The document's row from before the transaction, whatever has become of it since."""
        if key not in self._older:
            self._older[key] = self.layers.find(key)
        return self._older[key]

    def copied(self) -> "TableDraft":
        """The draft as it is now."""
        copy = TableDraft(self.layers, self.unique)
        copy.texts = dict(self.texts)
        copy.exists, copy.hides_older = self.exists, self.hides_older
        copy.rows, copy.gone = dict(self.rows), set(self.gone)
        return copy

    def add_ops(self, table: str, ops: list[Op]) -> None:
        """Add the transaction's ops for this table, in the order that replays to the same table."""
        if self.hides_older and self.layers.exists:
            ops.append(Op(DROP, table))
        if not self.rows and self.exists and (self.hides_older or not self.layers.exists):
            ops.append(Op(MAKE, table))
        if self.gone:
            ops += (Op(DELETE, table, key) for key in sorted(self.gone))
        for key, row in self.rows.items():
            ops.append(_new(Op, (PUT, table, key, row)))


class Draft:
    """One transaction over any tables, of the thread that began it."""

    __slots__ = ("_committed", "_unique", "tables", "thread")

    def __init__(self, committed: Mapping[str, Layers], unique: Callable[[str], Sequence[Index]]) -> None:
        self._committed, self._unique, self.thread = committed, unique, get_ident()
        self.tables: dict[str, TableDraft] = {}

    def of(self, table: str) -> TableDraft:
        """The draft of a table, begun if it is not."""
        draft = self.tables.get(table)
        if draft is None:
            committed = self._committed
            layers = committed[table] if table in committed else Layers()
            draft = self.tables[table] = TableDraft(layers, self._unique(table))
        return draft

    def copied(self) -> "Draft":
        """The draft as it is now: what an inner step that fails goes back to."""
        copy = Draft(self._committed, self._unique)
        copy.tables = {name: table.copied() for name, table in self.tables.items()}
        return copy

    def only_deletes(self) -> bool:
        """Whether nothing is put: such a commit makes room."""
        return not any(table.rows for table in self.tables.values())

    def ops(self) -> list[Op]:
        """All ops of the transaction."""
        ops: list[Op] = []
        for name, table in self.tables.items():
            table.add_ops(name, ops)
        return ops


def _text(path: Path, row: bytes, document: Mapping[str, Any] | None) -> str | None:
    """The text that a document will have there once it is read again, or None."""
    told = document.get(path[0]) if type(document) is dict and len(path) == 1 else None
    value = told if type(told) is str else value_at(decode(row), path)
    return value if isinstance(value, str) else None
