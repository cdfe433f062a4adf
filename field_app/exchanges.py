"""What this device remembers of tables that came in: what people said of headings, and which records each made."""

import hashlib
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, JsonValue

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.ids import is_id


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


class ChangedField(BaseModel):
    """One field that a workbook changed: what stood there, and what it made of it."""

    model_config = ConfigDict(frozen=True)

    before: JsonValue = None
    after: JsonValue = None
    was: str | None = None  # the cell as the workbook showed it first; None: it changed along with another field


Cells = Mapping[str, Mapping[str, ChangedField]]
"""What a workbook changed, by record and field."""


class Import(BaseModel):
    """One import: the records it made, each with a digest of what it said right then, and the fields it changed."""

    model_config = ConfigDict(frozen=True)

    id: str
    at_ms: int
    by: str  # person
    kind: str
    records: dict[str, str]
    reverted_ms: int = 0  # 0: it stands
    stamp: str = ""  # nothing that this device did by then is newer than the import
    book: str = ""  # the workbook whose cells it took
    why: str = ""  # what else than a table it came from
    changed: dict[str, dict[str, ChangedField]] = {}  # by record and field

    @property
    def cells(self) -> int:
        """How many cells of the workbook it took."""
        return sum(one.was is not None for fields in self.changed.values() for one in fields.values())


class Imports:
    """All imports of this device."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def keep(self, made: Import) -> None:
        """Write it down, or anew."""
        self._table.put_many({int(made.id, 16): made.model_dump(mode="json")})

    def get(self, import_id: str) -> Import | None:
        """The import of that id, or None."""
        row = self._table.row(int(import_id, 16)) if is_id(import_id) else None
        return Import.model_validate(row) if row else None

    def all(self) -> list[Import]:
        """All of them, oldest first."""
        return [Import.model_validate(row) for row in self._table]  # ids of one millisecond do not sort

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("imports")


def _number(kind: str) -> int:
    return int(hashlib.sha256(kind.encode()).hexdigest()[:12], 16)
