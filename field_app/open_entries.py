"""The changes that are not yet done, in order and in memory; after a commit only what it changed is read again."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from field_app.entry import Entry, entry_in
from field_app.vault.database import VaultDB
from field_app.vault.ops import DROP
from field_app.vault.ops import Op as Step
from field_app.vault.table import VaultTable

Order = tuple[bool, int, int]


class OpenEntries:
    """One table of entries. Like the store, it is asked from the store's thread alone."""

    def __init__(self, db: VaultDB, table: str) -> None:
        self._db, self._name = db, table
        self._by_place: dict[int, Entry] = {}
        self._order: list[int] = []  # places
        self._told: tuple[Entry, ...] = ()
        self._read_at = -1
        self._is_begun = False
        self._changed: set[int] = set()  # places
        self._pending: set[int] = set()  # that were read as a transaction had them which may be undone
        db.vault.listeners.add(self._hear)

    def all(self) -> tuple[Entry, ...]:
        """All of them: numbered ones first, each in its order."""
        version = self._db.vault.version
        if self._read_at != version:
            self._catch_up()
            self._told = tuple(map(self._by_place.__getitem__, self._order))
            self._read_at = version
        return self._told

    def _hear(self, steps: Iterable[Step]) -> None:
        """What the vault has committed."""
        for step in steps:
            if step.table == self._name:
                if step.kind == DROP or not step.key:
                    self._is_begun = False
                else:
                    self._changed.add(int(step.key))

    def _catch_up(self) -> None:
        table = self._db.rows_of(self._name)
        pending = {int(key) for key in self._db.vault.drafted(self._name)}
        if not self._is_begun:
            self._by_place = {row.doc_id: entry_in(row, row.doc_id) for row in table}
            self._order = sorted(self._by_place, key=self._order_at)
            self._is_begun = True
        else:
            for place in self._changed | self._pending | pending:
                self._read(table, place)
        self._changed.clear()
        self._pending = pending

    def _read(self, table: VaultTable, place: int) -> None:
        row = table.row(place)
        if place in self._by_place:
            del self._order[bisect_left(self._order, self._order_at(place), key=self._order_at)]
            del self._by_place[place]
        if row is not None:
            self._by_place[place] = entry_in(row, place)
            insort(self._order, place, key=self._order_at)

    def _order_at(self, place: int) -> Order:
        return order_of(self._by_place[place])


def order_of(entry: Entry) -> Order:
    """Where it stands among others: by its number, and without one behind those that have one."""
    return entry.n is None, entry.n or 0, entry.place
