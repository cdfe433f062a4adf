"""TinyDB, all of its public API, over a vault."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from tinydb import TinyDB

from field_app.vault.storage import VaultStorage
from field_app.vault.table import VaultTable
from field_app.vault.transaction import Transaction


class VaultDB(TinyDB):
    """An encrypted TinyDB: `VaultDB(path, data_key)`, then plain TinyDB, and `transaction()` on top."""

    _storage: VaultStorage
    table_class = VaultTable  # type: ignore[assignment]  # TinyDB documents both as meant to be replaced
    default_storage_class = VaultStorage  # type: ignore[assignment]

    @property
    def vault(self) -> VaultStorage:
        """The storage, by its own type."""
        return cast("VaultStorage", self.storage)

    def rows_of(self, name: str) -> VaultTable:
        """The table called `name`, by its own type."""
        return cast("VaultTable", self.table(name))

    def transaction(self, *, frees_room: bool = False) -> Transaction:
        """All writes within, over any tables, are one durable commit; an exception leaves nothing.

        `frees_room`: it lets go of more than it adds, and may use the room kept in reserve on a full disk.
        """
        return Transaction(self._storage, frees_room=frees_room, on_undone=self._forget_undone)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction that may fail alone: an exception undoes what was written within, no more."""
        try:
            with self.vault.attempt():
                yield
        except BaseException:
            self._forget_undone()
            raise

    def _forget_undone(self) -> None:
        for table in self._tables.values():
            cast("VaultTable", table).forget_undone()
