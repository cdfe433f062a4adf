"""Every use of masked values is an audit event: when, by whom, of which record, what for. Never the value."""

from dataclasses import dataclass, replace
from typing import Literal

from pydantic import JsonValue

from field_app.actions.edits import creation
from field_app.drawing import View
from field_app.local_store import LocalStore

Purpose = Literal["shown", "called", "copied", "exported"]
_ACTION: dict[Purpose, str] = {"shown": "unmask", "called": "call", "copied": "copy", "exported": "export"}
_PURPOSE = {action: purpose for purpose, action in _ACTION.items()}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One masked value used in full, or a file of them."""

    kind: str
    purpose: Purpose
    record: str = ""  # empty for an export: all of the kind
    field: str = ""
    reason: str = ""
    records: int = 1


def note(store: LocalStore, disclosure: Disclosure) -> None:
    """Write it down; it goes to the supervisors with the next sync, and waits for nobody."""
    said: dict[str, JsonValue] = {
        "action": _ACTION[disclosure.purpose],
        "entity": disclosure.kind,
        "entity_id": disclosure.record or None,
        "fields_changed": [disclosure.field] if disclosure.field else None,
        "reason": disclosure.reason or None,
        "records": disclosure.records,
    }
    given = {name: value for name, value in said.items() if value is not None}
    store.keep(replace(creation(store, "audit_event", given), by_rule=True))


def disclosed(store: LocalStore) -> list[dict[str, JsonValue]]:
    """What was used in full, oldest first: by this person; for a supervisor, by the team."""
    views = [view for view in store.find("audit_event") if view.fields.get("action") in _PURPOSE]
    return [_told(view) for view in sorted(views, key=lambda view: str(view.fields.get("at")))]


def _told(view: View) -> dict[str, JsonValue]:
    said = view.fields
    fields = said.get("fields_changed")
    return {
        "at": said.get("at"),
        "by": said.get("actor_id"),
        "kind": said.get("entity"),
        "record": said.get("entity_id") or "",
        "field": fields[0] if isinstance(fields, list) and fields else "",
        "purpose": _PURPOSE[str(said["action"])],
        "reason": said.get("reason") or "",
        "records": said.get("records"),
    }
