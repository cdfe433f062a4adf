"""A supervisor's verdict on a visit: a change like any other, with notes on the fields it is about."""

from collections.abc import Sequence
from typing import cast

from pydantic import JsonValue

from field_app.actions.edits import Given, wanted
from field_app.actions.visits import corrected_visit
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.errors import NotAllowed, NotValid
from visit_core.fields import fields_of
from visit_core.kinds.visit import Visit
from visit_core.rules.reviewing import VERDICTS, Verdict, is_judged, judged, reopened
from visit_core.stamp import instant

Note = tuple[str | None, str]
"""The field it is about, if any, and the comment."""


def review(store: LocalStore, visit_id: str, verdict: str, notes: Sequence[Note] = ()) -> None:
    """Say what a supervisor thinks of a visit; one that is returned needs a comment."""
    written: list[JsonValue] = [{"field": field, "comment": comment} for field, comment in notes]
    given: dict[str, JsonValue] = {"review_state": verdict} | ({"review_notes": written} if written else {})
    store.keep(*reviewed(store, wanted(store, "visit", visit_id), given))


def reviewed(store: LocalStore, view: View, given: Given) -> list[Edit]:
    """The edits of a verdict that was set like any field: ids, names and times are filled in."""
    state = fields_of(Visit)["review_state"].read(given["review_state"], store.moment())
    if state is None:
        raise NotValid("required", field="review_state")
    if state == "pending":
        again = reopened(view.fields) if is_judged(view.fields) else {}
        return corrected_visit(store, view, {**with_notes(store, view, given), **again})
    if store.me.role != "supervisor":
        raise NotAllowed(role=store.me.role, kind="visit", field="review_state")
    if state == "returned" and not _comments(given):
        raise NotValid("comment_required", field="review_notes")
    if state not in VERDICTS:
        return corrected_visit(store, view, given)
    verdict = judged(view.fields, cast("Verdict", state), by=store.me.person, at=instant(store.now_ms()))
    return corrected_visit(store, view, {**with_notes(store, view, given), **verdict})


def with_notes(store: LocalStore, view: View, given: Given) -> Given:
    """Review notes are added to those that stand; a new one gets its id, its author and its time."""
    if "review_notes" not in given:
        return given
    standing = view.fields.get("review_notes")
    notes = {str(n["id"]): n for n in standing if isinstance(n, dict)} if isinstance(standing, list) else {}
    fresh = [_signed(store, note) for note in _notes(given)]
    return {**given, "review_notes": [*(notes | {str(n["id"]): n for n in fresh}).values()]}


def _signed(store: LocalStore, note: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(note, dict):
        raise NotValid("entry", field="review_notes")
    own: dict[str, JsonValue] = {"id": store.fresh_id(), "by": store.me.person, "at": instant(store.now_ms())}
    return {**own, "resolved": False, **note}


def _notes(given: Given) -> list[JsonValue]:
    notes = given.get("review_notes")
    if notes is None:
        return []
    return notes if isinstance(notes, list) else [notes]


def _comments(given: Given) -> list[JsonValue]:
    notes = [note for note in _notes(given) if isinstance(note, dict)]
    return [note["comment"] for note in notes if str(note.get("comment") or "").strip()]
