"""A rep's visits that came back from the supervisor, with what is to be put right."""

from dataclasses import dataclass
from datetime import date

from field_app.actions.everybody import Names, names_in
from field_app.actions.review_notes import NoteRead, notes_of
from field_app.drawing import View
from field_app.local_store import LocalStore

CAME_BACK = ("returned", "question")


@dataclass(frozen=True, slots=True)
class CameBack:
    """One visit to put right: whose door, when, and the comments that are not settled."""

    id: str
    customer: str
    at: str
    state: str
    notes: tuple[NoteRead, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """All of them, returned ones before questions, the latest verdict first."""

    visits: tuple[CameBack, ...]
    today: date


def load(store: LocalStore, _about: str = "") -> Returned:
    """What came back to the person of this device."""
    names, views = names_in(store), came_back(store)
    views.sort(key=lambda view: str(view.fields.get("reviewed_at")), reverse=True)
    views.sort(key=lambda view: CAME_BACK.index(str(view.fields.get("review_state"))))
    return Returned(tuple(_read(view, names) for view in views), store.moment().today)


def came_back(store: LocalStore) -> list[View]:
    """This person's visits on which a supervisor said something other than yes."""
    mine = store.me.person
    return [view for state in CAME_BACK for view in store.find("visit", {"review_state": state, "owner_id": mine})]


def _read(view: View, names: Names) -> CameBack:
    told = view.fields
    customer = names.get(str(told.get("customer_id")), "")
    still_open = tuple(note for note in notes_of(view, names) if not note.is_resolved)
    return CameBack(view.id, customer, str(told.get("check_in_at") or ""), str(told["review_state"]), still_open)
