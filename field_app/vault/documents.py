"""Two ways to look at a table's documents: to read fresh copies, and to change them for one update."""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from field_app.vault.draft import TableDraft
from field_app.vault.ops import Document, decode, encode
from field_app.vault.reading import Reading


class TableView(Mapping[str, Document]):
    """A table for readers: each look decodes a fresh document, so a caller never holds a live one."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def is_of(self, reading: Reading) -> bool:
        """Whether this is a view of that very table, unchanged since."""
        return self._reading.layers is reading.layers and not reading.fresh_keys

    def __getitem__(self, key: str) -> Document:
        row = self._reading.row(key)
        if row is None:
            raise KeyError(key)
        return decode(row)

    def __contains__(self, key: object) -> bool:
        return key in self._reading

    def __iter__(self) -> Iterator[str]:
        return iter(self._reading.ids())

    def __len__(self) -> int:
        return len(self._reading)

    def items(self) -> Any:
        """Ids and documents, in one go through the table."""
        return ((key, decode(row)) for key, row in self._reading.items())


class TableUpdate(MutableMapping[Any, Document]):
    """A table for one updater: documents may be changed in place; `settle` tells the draft what came of it."""

    def __init__(self, reading: Reading, id_class: type) -> None:
        self._reading, self._id_class = reading, id_class
        self._touched: dict[str, Document] = {}
        self._fresh: dict[str, None] = {}  # put by this update, in order
        self._gone: dict[str, None] = {}
        self._is_cleared = False

    def __getitem__(self, doc_id: Any) -> Document:
        key = str(doc_id)
        if key not in self._touched:
            row = self._older(key)
            if row is None:
                raise KeyError(doc_id)
            self._touched[key] = decode(row)
        return self._touched[key]

    def __setitem__(self, doc_id: Any, document: Document) -> None:
        key = str(doc_id)
        if self._older(key) is None:
            self._fresh[key] = None
        self._touched[key] = document

    def __delitem__(self, doc_id: Any) -> None:
        key = str(doc_id)
        if key not in self:
            raise KeyError(doc_id)
        self._touched.pop(key, None)
        if self._fresh.pop(key, key) is not None:
            self._gone[key] = None

    def __contains__(self, doc_id: object) -> bool:
        key = str(doc_id)
        return key in self._fresh or (not self._is_cleared and key not in self._gone and key in self._reading)

    def __iter__(self) -> Iterator[Any]:
        older = [] if self._is_cleared else [key for key in self._reading.ids() if key not in self._gone]
        return iter([self._id_class(key) for key in [*older, *self._fresh]])

    def __len__(self) -> int:
        return (0 if self._is_cleared else len(self._reading) - len(self._gone)) + len(self._fresh)

    def clear(self) -> None:
        """Let go of every document."""
        self._is_cleared = True
        self._touched.clear()
        self._fresh.clear()
        self._gone.clear()

    def settle(self, draft: TableDraft) -> None:
        """Write what was changed; raises before anything has if a document is not JSON."""
        rows = {key: encode(document) for key, document in self._touched.items()}
        changed = {key: row for key, row in rows.items() if key in self._fresh or row != self._reading.row(key)}
        if self._is_cleared:
            draft.drop()
        for key in self._gone:
            draft.delete(key)
        for key in [*(key for key in changed if key not in self._fresh), *self._fresh]:
            draft.put(key, changed[key], self._touched[key])
        draft.exists = True

    def _older(self, key: str) -> bytes | None:
        return None if self._is_cleared or key in self._gone else self._reading.row(key)
