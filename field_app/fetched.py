"""Which photographs on this device came from the server: they may go again, and have room up to a limit."""

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable

MOST_FETCHED_BYTES = 200 * 2**20
"""As many as fetched photographs may take on one device; those that nobody looked at for longest make room."""


class Fetched:
    """The ids of all that was fetched and is kept, in one table of the store."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def note(self, photo: str) -> None:
        """That photograph came from the server."""
        self._table.put_many({int(photo, 16): {"id": photo}})

    def forget(self, photos: set[str]) -> None:
        """They are here no longer."""
        known = [int(photo, 16) for photo in sorted(photos & self.ids())]
        if known:
            self._table.remove(doc_ids=known)

    def ids(self) -> set[str]:
        """All that were fetched and not let go of."""
        return {str(row["id"]) for row in self._table}

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("fetched")
