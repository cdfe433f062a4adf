"""A masked value in full: one at a time, and each use is written down before it is given."""

from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.edits import wanted
from field_app.disclosures import Disclosure, Purpose
from field_app.local_store import LocalStore
from visit_core.errors import NotFound
from visit_core.stamp import instant


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
    at_ms, by = store.now_ms(), store.me.person
    store.disclosures.note(
        Disclosure(at_ms=at_ms, by=by, kind=which.kind, record=which.record, field=which.field, purpose=purpose)
    )
    return str(value)


def disclosed(store: LocalStore) -> list[dict[str, JsonValue]]:
    """What was used in full on this device, oldest first."""
    return [{"at": instant(each.at_ms), **each.model_dump(exclude={"at_ms"})} for each in store.disclosures.all()]
