"""What a supervisor wrote about the fields of a visit, as it is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.everybody import Names
from field_app.drawing import View


@dataclass(frozen=True, slots=True)
class NoteRead:
    """One comment: on which field, if any, by whom, when, and whether it is settled."""

    field: str
    comment: str
    by: str
    at: str
    is_resolved: bool


def notes_of(view: View, names: Names) -> tuple[NoteRead, ...]:
    """All comments on a visit, in the order they were written."""
    kept = view.fields.get("review_notes")
    return tuple(_read(note, names) for note in kept if isinstance(note, dict)) if isinstance(kept, list) else ()


def _read(note: Mapping[str, JsonValue], names: Names) -> NoteRead:
    said = {name: str(note.get(name) or "") for name in ("field", "comment", "by", "at")}
    return NoteRead(said["field"], said["comment"], names.get(said["by"], ""), said["at"], bool(note.get("resolved")))
