"""Our own: the encrypted TinyDB of the device."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import cast

from tinydb import where

from bench.store.made_up import Made
from field_app.vault.database import VaultDB
from field_app.vault.files import Disk
from field_app.vault.indexes import equal, equal_then_ordered, ordered, unique

KEY = bytes(range(32))
INDEXES = {
    "visits": (
        unique("visit_id"),
        equal_then_ordered(("customer_id",), ("visit_date",)),
        ordered("visit_date"),
        equal("sync"),
    )
}


class EagerDisk(Disk):
    """A disk that is not waited for: for filling a store that is not yet measured."""

    def sync(self, fd: int) -> None:
        pass


class Vault:
    """Visits and changes in two tables of one vault."""

    name = "vault"

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        """Open the vault in `folder`, or begin one."""
        path = folder / "data.log"
        self.db = VaultDB(path, KEY, begin=not path.exists(), indexes=INDEXES, disk=disk or Disk())
        self._visits, self._outbox = self.db.table("visits"), self.db.table("outbox")

    def fill(self, visits: Iterable[Made]) -> None:
        rest = iter(visits)
        while page := list(islice(rest, 5_000)):
            self._visits.insert_multiple(page)

    def capture(self, visit: Made, entry: Made) -> None:
        with self.db.transaction():
            self._visits.insert(visit)
            self._outbox.insert(entry)

    def settle(self, count: int) -> None:
        oldest = [document.doc_id for document in islice(self._outbox, count)]
        self._outbox.remove(doc_ids=oldest)

    def update(self, visit_id: str, fields: Made) -> None:
        self._visits.update(fields, where("visit_id") == visit_id)

    def visit(self, number: int) -> Made:
        return cast("Made", self._visits.get(doc_id=number))

    def visit_by_id(self, visit_id: str) -> Made:
        return cast("Made", self._visits.get(where("visit_id") == visit_id))

    def visits_at(self, customer_id: str, since: str, until: str) -> list[Made]:
        day = where("visit_date")
        return cast(
            "list[Made]",
            self._visits.search((where("customer_id") == customer_id) & (day >= since) & (day <= until)),
        )

    def close(self) -> None:
        self.db.close()

    def rest(self) -> None:
        self.db.vault.checkpoint()

    def is_unindexed(self) -> bool:
        """Whether so much is new that the index is due: the most that a crash can leave to be read again."""
        return self.db.vault.engine.is_due()
