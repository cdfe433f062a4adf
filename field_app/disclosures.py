"""Which masked values were used in full on this device: when, by whom, of which record, what for. Never the value."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.ids import new_id

Purpose = Literal["shown", "called", "copied", "exported"]


class Disclosure(BaseModel):
    """One masked value used in full, or a file of them."""

    model_config = ConfigDict(frozen=True)

    at_ms: int
    by: str  # person
    kind: str
    record: str  # empty for an export: all of the kind
    field: str
    purpose: Purpose
    reason: str = ""
    records: int = 1


class Disclosures:
    """The log of this device, in one table of its store; it is only added to."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def note(self, disclosure: Disclosure) -> None:
        """Write it down."""
        self._table.put_many({int(new_id(disclosure.at_ms), 16): disclosure.model_dump(mode="json")})

    def all(self) -> list[Disclosure]:
        """All of them, oldest first."""
        return sorted((Disclosure.model_validate(row) for row in self._table), key=lambda each: each.at_ms)

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("disclosures")
