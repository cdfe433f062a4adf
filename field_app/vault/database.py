"""TinyDB, all of its public API, over a vault."""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from field_app.vault.documents import TableDraft, TableView
from field_app.vault.storage import VaultStorage


class VaultTable(Table):
    """TinyDB's table, told what changed so that one document costs one document."""

    def __init__(self, storage: VaultStorage, name: str, **options: Any) -> None:
        self._vault = storage
        super().__init__(storage, name, **options)

    def search(self, cond: QueryLike) -> list[Document]:
        """The documents that match; copies, so that callers share neither with the cache nor with each other."""
        return copy.deepcopy(super().search(cond))

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; its number and its commit are one step for other threads."""
        with self._undone_on_error():
            return super().insert(document)

    def insert_multiple(self, documents: Any) -> list[int]:
        """Insert documents, all in one commit."""
        with self._undone_on_error():
            return super().insert_multiple(documents)

    def put_many(self, documents: Mapping[int, Mapping[str, Any]]) -> None:
        """Make these the documents under their ids, whatever was there; one commit."""
        fresh = {doc_id: dict(document) for doc_id, document in documents.items()}
        self._update_table(lambda table: table.update(fresh))
        self._next_id = None

    def row(self, doc_id: int) -> Document | None:
        """The document under `doc_id`."""
        return self.get(doc_id=doc_id)

    def sealed_rows(self) -> Mapping[str, bytes]:
        """The documents as they are kept: the same bytes object for as long as a document is the same."""
        return self._vault.rows(self.name)

    def forget_undone(self) -> None:
        """Count document ids afresh and search afresh: what was undone had taken an id and may be cached."""
        self._next_id = None
        self.clear_cache()

    @contextmanager
    def _undone_on_error(self) -> Iterator[None]:
        try:
            with self._vault.transaction():
                yield
        except BaseException:
            self.forget_undone()
            raise

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return cast("dict[str, Mapping[str, Any]]", TableView(self._vault.rows(self.name)))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._vault.transaction():
            draft = TableDraft(self._vault.rows(self.name))
            updater(cast("dict[int, Mapping[str, Any]]", draft))
            self._vault.put_rows(self.name, draft.rows())
        self.clear_cache()


class VaultDB(TinyDB):
    """An encrypted TinyDB: `VaultDB(path, data_key)`, then plain TinyDB, and `transaction()` on top."""

    table_class = VaultTable  # type: ignore[assignment]  # TinyDB documents both as meant to be replaced
    default_storage_class = VaultStorage  # type: ignore[assignment]

    @property
    def vault(self) -> VaultStorage:
        """The storage, by its own type."""
        return cast("VaultStorage", self.storage)

    def rows_of(self, name: str) -> VaultTable:
        """The table called `name`, by its own type."""
        return cast("VaultTable", self.table(name))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within, over any tables, are one durable commit; an exception leaves nothing."""
        try:
            with self.vault.transaction():
                yield
        except BaseException:
            for table in self._tables.values():
                cast("VaultTable", table).forget_undone()
            raise
