"""Two ways to look at a table's rows: to read fresh copies, and to draft changes nobody else sees."""

from collections.abc import Iterator, Mapping, MutableMapping

from field_app.vault.codec import Document, Rows, decode, encode


class TableView(Mapping[str, Document]):
    """A table for readers: each look decodes a fresh document, so a caller never holds a live one."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def __getitem__(self, key: str) -> Document:
        return decode(self.rows[key])

    def __contains__(self, key: object) -> bool:
        return key in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(list(self.rows))

    def __len__(self) -> int:
        return len(self.rows)


class TableDraft(MutableMapping[int, Document]):
    """A table for one updater: documents may be changed in place; `rows()` gives what came of it."""

    def __init__(self, rows: Rows) -> None:
        self._rows = dict(rows)
        self._touched: dict[int, Document] = {}

    def __getitem__(self, doc_id: int) -> Document:
        if doc_id not in self._touched:
            self._touched[doc_id] = decode(self._rows[str(doc_id)])
        return self._touched[doc_id]

    def __setitem__(self, doc_id: int, document: Document) -> None:
        self._rows.setdefault(str(doc_id), b"")  # holds the place, so that order is order of insertion
        self._touched[doc_id] = document

    def __delitem__(self, doc_id: int) -> None:
        del self._rows[str(doc_id)]
        self._touched.pop(doc_id, None)

    def __contains__(self, doc_id: object) -> bool:
        return str(doc_id) in self._rows

    def __iter__(self) -> Iterator[int]:
        return map(int, list(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> Rows:
        """The rows as they shall be; raises before anything has changed if a document is not JSON."""
        return {**self._rows, **{str(doc_id): encode(document) for doc_id, document in self._touched.items()}}
