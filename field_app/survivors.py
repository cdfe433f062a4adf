"""Which customers of this device were merged, and into whom."""

from collections.abc import Mapping
from dataclasses import replace

from field_app.base_rows import BaseRows
from field_app.drawing import View, draw
from field_app.outbox import Outbox
from field_app.vault.database import VaultDB
from visit_core.rules.survivors import LEADS, survivors

CUSTOMER, MERGE = "customer", "customer_merge"


class Survivors:
    """Who is left of those that were merged. What a customer says of itself counts; merges say where to look."""

    def __init__(self, db: VaultDB, base: BaseRows, outbox: Outbox) -> None:
        self._db, self._base, self._outbox = db, base, outbox
        self._known: tuple[int, Mapping[str, str]] = (-1, {})

    def all(self) -> Mapping[str, str]:
        """By each merged customer the one that is left; good until the store changes."""
        version = self._db.vault.version
        if self._known[0] != version:
            self._known = version, survivors(self._into())
        return self._known[1]

    def of(self, customer: str) -> str:
        """The one that is left of a customer, mostly the customer itself."""
        return self.all().get(customer, customer)

    def family(self, customer: str) -> tuple[str, ...]:
        """Everybody who is this customer by now: the one that is left, then those merged into it."""
        left = self.of(customer)
        return left, *sorted(one for one, end in self.all().items() if end == left)

    def led(self, view: View) -> View:
        """The record with those that are left in the place of those that were merged."""
        known = self.all()
        if not known or view.kind == MERGE:
            return view
        moved = {name: known[str(view.fields[name])] for name in LEADS if view.fields.get(name) in known}
        return replace(view, fields={**view.fields, **moved}) if moved else view

    def _into(self) -> dict[str, str]:
        """Where each merged customer leads, as far as both are on this device."""
        into = {}
        for other in self._others():
            view = self._drawn(other)
            to = view.fields.get("merged_into") if view else None
            if isinstance(to, str) and self._drawn(to):
                into[other] = to
        return into

    def _others(self) -> set[str]:
        entries = (entry for key, own in self._outbox.by_record().items() if key[0] == MERGE for entry in own)
        told = [registers for _, registers in self._base.registers_of(MERGE)] + [entry.fields for entry in entries]
        return {str(registers["other_id"]) for registers in told if registers.get("other_id")}

    def _drawn(self, customer: str) -> View | None:
        own = self._outbox.by_record().get((CUSTOMER, customer), ())
        return draw(CUSTOMER, customer, self._base.get(CUSTOMER, customer), own)
