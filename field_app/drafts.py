"""Drafts: what is in a form and not yet a record, kept with every change so that a killed app resumes there."""

from pydantic import BaseModel, ConfigDict, JsonValue

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.ids import is_id


class KeptDraft(BaseModel):
    """One form that somebody has begun. `record` is empty for a new record."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    record: str = ""
    given: dict[str, JsonValue] = {}  # as typed, even where it cannot be read yet
    at_field: str = ""  # where the person was
    begun_ms: int = 0


class Drafts:
    """All drafts of this device, in one table of its store."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def keep(self, draft: KeptDraft) -> None:
        """Keep the draft as it is now."""
        self._table.put_many({int(draft.id, 16): draft.model_dump(mode="json")})

    def drop(self, draft_id: str) -> None:
        """It has become a record, or is not wanted."""
        if self._table.row(int(draft_id, 16)) is not None:
            self._table.remove(doc_ids=[int(draft_id, 16)])

    def get(self, draft_id: str) -> KeptDraft | None:
        """The draft, or None: an address may name anything."""
        document = self._table.row(int(draft_id, 16)) if is_id(draft_id) else None
        return KeptDraft.model_validate(document) if document else None

    def all(self) -> list[KeptDraft]:
        """Every draft, oldest first."""
        return sorted((KeptDraft.model_validate(row) for row in self._table), key=lambda draft: draft.id)

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("drafts")
