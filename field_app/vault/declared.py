"""Which indexes a table has, told by its name."""

from collections.abc import Mapping, Sequence

from field_app.vault.indexes import Index

Indexes = Mapping[str, Sequence[Index]]
"""The indexes of each table; a name that ends in a dot stands for all tables that begin so."""


class Declared:
    """The indexes of every table; what was asked once is remembered."""

    def __init__(self, indexes: Indexes) -> None:
        self.indexes = indexes
        self._unique: dict[str, Sequence[Index]] = {}

    def of(self, table: str) -> Sequence[Index]:
        """The indexes declared for a table."""
        found = self.indexes.get(table)
        if found is not None:
            return found
        return next((said for name, said in self.indexes.items() if name[-1:] == "." and table.startswith(name)), ())

    def unique_of(self, table: str) -> Sequence[Index]:
        """Those of them in which no two documents may have the same text."""
        found = self._unique.get(table)
        if found is None:
            found = self._unique[table] = [index for index in self.of(table) if index.is_unique and index.equal]
        return found
