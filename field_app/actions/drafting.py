"""Forms on their way to a record: begun, journalled with every change, saved, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.edits import Given
from field_app.actions.records import edits_for
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore
from visit_core.ids import new_id


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save kept, and how it can be taken back while it is unsent."""

    kind: str
    id: str
    draft: KeptDraft
    places: Sequence[int]


def begin(store: LocalStore, kind: str, given: Given, *, record: str = "") -> KeptDraft:
    """A new form with what is already known; kept at once, so that it can be resumed."""
    now_ms = store.now_ms()
    draft = KeptDraft(id=new_id(now_ms), kind=kind, record=record, given=dict(given), begun_ms=now_ms)
    store.drafts.keep(draft)
    return draft


def journal(store: LocalStore, draft: KeptDraft) -> None:
    """Keep the form as it is at this moment."""
    store.drafts.keep(draft)


def save(store: LocalStore, draft: KeptDraft, given: Given) -> Saved:
    """Make the form a record, in the same commit that drops the draft; NotValid leaves both as they were."""
    edits = edits_for(store, draft.kind, draft.record, given)
    if not edits:
        store.drafts.drop(draft.id)
        return Saved(draft.kind, draft.record, draft, ())
    places = store.keep(*edits, instead_of=draft.id)
    return Saved(draft.kind, edits[0].id, draft, places)


def take_back(store: LocalStore, saved: Saved) -> bool:
    """Undo a save and open its form again; False once it has been sent."""
    if not store.take_back(saved.places):
        return False
    store.drafts.keep(saved.draft)
    return True


def drop(store: LocalStore, draft: KeptDraft) -> None:
    """Let go of a form."""
    store.drafts.drop(draft.id)


def drop_untouched(store: LocalStore) -> None:
    """Let go of forms that were opened and left without a word; a visit that was begun is one."""
    for draft in store.drafts.all():
        if draft.kind != "visit" and not draft.at_field:
            store.drafts.drop(draft.id)


def with_answer(draft: KeptDraft, name: str, raw: JsonValue) -> KeptDraft:
    """The draft after one more change, which says where the person is."""
    return draft.model_copy(update={"given": {**draft.given, name: raw}, "at_field": name})
