"""TinyDB's storage over one sealed file: the whole store in memory, one durable commit per write.

This is the simple inside: every commit writes the whole file. What replaces it keeps this class's face:
`rows`, `put_rows`, `transaction`, and TinyDB's `read`, `write`, `close`.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from field_app.vault.codec import Rows, Tables, encode
from field_app.vault.documents import TableView
from field_app.vault.files import Disk
from field_app.vault.sealed_file import Generation, read_generation, write_generation
from visit_core.errors import Failed


class VaultStorage(Storage):
    """Memory equals disk: memory changes only after the disk has said yes."""

    def __init__(self, path: Path, data_key: bytes, *, fresh: Generation | None = None, disk: Disk | None = None):
        """Open the file at `path`, or begin it with `fresh`; Corrupt if it is not what was written."""
        self._path, self._key, self._disk = path, data_key, disk or Disk()
        self._mutex = threading.RLock()
        self._draft: Tables | None = None
        self._refusal: Failed | None = None
        self.version = 0
        self._kept = fresh if fresh else read_generation(path, data_key)
        if fresh:
            self._commit(fresh.tables)

    @property
    def generation(self) -> int:
        """How many commits this store has seen."""
        return self._kept.number

    def rows(self, table: str) -> Rows:
        """One table's rows as a reader inside the present transaction sees them; not to be changed."""
        return self._tables.get(table, {})

    def put_rows(self, table: str, rows: Rows) -> None:
        """Replace one table's rows."""
        with self.transaction():
            self._drafted[table] = rows
            self.version += 1

    def read(self) -> dict[str, Any] | None:
        """All tables, decoded as they are looked at; None for a store that has none."""
        return {name: TableView(rows) for name, rows in self._tables.items()} or None

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make `data` the whole content."""
        with self.transaction():
            fresh = {name: _rows_of(table) for name, table in data.items()}
            self._drafted.clear()
            self._drafted.update(fresh)
            self.version += 1

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within become one commit; an exception leaves nothing. Inner ones join the outer one."""
        with self._mutex:
            if self._draft is not None:
                yield
                return
            self._draft, before = dict(self._kept.tables), self.version
            try:
                yield
                if self.version != before:
                    self._commit(self._draft)
            except BaseException:
                self.version += 1
                raise
            finally:
                self._draft = None

    def close(self) -> None:
        """Write no more; nothing is pending, since every commit was durable when it returned."""
        self._refusal = self._refusal or Failed(step="closed")

    @property
    def _tables(self) -> Tables:
        return self._kept.tables if self._draft is None else self._draft

    @property
    def _drafted(self) -> Tables:
        if self._draft is None:
            raise RuntimeError("writes happen inside a transaction")
        return self._draft

    def _commit(self, tables: Tables) -> None:
        if self._refusal:
            raise self._refusal
        following = replace(self._kept, number=self._kept.number + 1, tables=tables)
        try:
            write_generation(self._path, following, self._key, self._disk)
        except Failed as refusal:
            self._refusal = Failed(**{**refusal.facts, "reopen": 1})
            raise
        self._kept = following


def _rows_of(table: Mapping[Any, Any]) -> Rows:
    if isinstance(table, TableView):
        return table.rows
    return {str(doc_id): encode(document) for doc_id, document in table.items()}
