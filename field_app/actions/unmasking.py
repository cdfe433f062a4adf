"""A masked value in full: one at a time, and each use is written down before it is given."""

from dataclasses import dataclass

from field_app.actions.disclosing import Disclosure, Purpose, note
from field_app.actions.edits import wanted
from field_app.local_store import LocalStore
from visit_core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Masked:
    """One field of one record that stands masked."""

    kind: str
    record: str
    field: str


def in_full(store: LocalStore, which: Masked, purpose: Purpose) -> str:
    """The value as it is kept; NotFound, and nothing written, where there is none."""
    value = wanted(store, which.kind, which.record).fields.get(which.field)
    if value in (None, ""):
        raise NotFound("not_found", field=which.field)
    note(store, Disclosure(which.kind, purpose, record=which.record, field=which.field))
    return str(value)
