"""What this device remembers of tables that came in: which heading people said is which field."""

import hashlib
from collections.abc import Mapping

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable


class Headings:
    """By kind, the field of each heading that somebody named; empty for a column that is to be left out."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def of(self, kind: str) -> dict[str, str]:
        """What was said of such tables."""
        row = self._table.row(_number(kind))
        return dict(row["fields"]) if row else {}

    def remember(self, kind: str, said: Mapping[str, str]) -> None:
        """Keep it beside what was said before."""
        if said:
            self._table.put_many({_number(kind): {"kind": kind, "fields": {**self.of(kind), **said}}})

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("headings")


def _number(kind: str) -> int:
    return int(hashlib.sha256(kind.encode()).hexdigest()[:12], 16)
