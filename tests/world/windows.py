"""What may be missing on a phone, and what must be: by the oracle's own idea of what is done and old."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from sync_server.kept import StoredRecord
from tests.world.books import Key
from tests.world.phone import Phone
from visit_core.stamp import instant


@dataclass(frozen=True, slots=True)
class Window:
    """What one phone has by now, whoever asked for it."""

    begins: str  # an instant; empty for a phone without a window
    asked_for: Mapping[str, set[Key]]  # what came on demand and has to stay, by customer
    came_once: set[Key]  # what ever came on demand, and may be here still
    spared: set[Key]  # what was refused, and stays with the record it is about

    def may_lack(self, key: Key, one: StoredRecord) -> bool:
        """Whether a record of its scopes need not be here."""
        return self._is_outside(one) and not any(key in keys for keys in self.asked_for.values())

    def must_lack(self, key: Key, one: StoredRecord) -> bool:
        """Whether it has to be gone."""
        return self._is_outside(one) and key not in self.came_once and key not in self.spared

    def _is_outside(self, one: StoredRecord) -> bool:
        return bool(self.begins) and is_done(one) and touched_at(one) < self.begins


def window_of(phone: Phone) -> Window:
    """As it stands at rest."""
    progress = phone.store.progress()
    kept = {customer: keys for customer, keys in phone.older.items() if customer in progress.older_of}
    spared = {entry.key for entry in phone.store.quarantined()}
    return Window(progress.window_from, kept, set().union(*phone.older.values()), spared)


def is_done(one: StoredRecord) -> bool:
    """Told once, or judged for good."""
    told: dict[str, JsonValue] = {name: cell.value for name, cell in one.cells.items()}
    return one.kind == "contact_record" or (one.kind == "visit" and told.get("review_state") == "approved")


def touched_at(one: StoredRecord) -> str:
    """When it was last touched."""
    return instant(max(int(cell.at[:11], 16) for cell in one.cells.values()))
