"""One visit as it was recorded, what the supervisor says of it, and how far it has come."""

from dataclasses import dataclass
from datetime import date

from field_app.actions.declared import custom_here
from field_app.actions.edits import wanted
from field_app.actions.everybody import Names, names_in
from field_app.actions.facts import Fact, facts_of
from field_app.actions.photographs import PhotosRead, photos_of
from field_app.actions.records import Marks
from field_app.actions.review_notes import NoteRead, notes_of
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class VisitPage:
    """A visit to be read."""

    id: str
    customer: str  # id
    customer_name: str
    rep_name: str
    outcome: str
    arrived: str
    left: str
    review_state: str
    review_round: int
    reviewer_name: str
    reviewed_at: str
    notes: tuple[NoteRead, ...]
    facts: tuple[Fact, ...]
    photos: PhotosRead
    name_by_id: Names
    sync_state: str
    received_at: str  # when the server first had it; empty before
    updated_at: str
    today: date


TOLD_ABOVE = frozenset({"customer_id", "outcome", "check_in_at", "check_out_at"})


def load(store: LocalStore, about: str) -> VisitPage:
    """The visit of that id; NotFound if this device has none."""
    view = wanted(store, "visit", about)
    said = view.fields
    customer = str(said.get("customer_id") or "")
    names, turn = names_in(store), said.get("review_round")
    return VisitPage(
        id=view.id,
        customer=customer,
        customer_name=names.get(customer, ""),
        rep_name=names.get(str(said.get("owner_id")), ""),
        outcome=str(said.get("outcome") or ""),
        arrived=str(said.get("check_in_at") or ""),
        left=str(said.get("check_out_at") or ""),
        review_state=str(said.get("review_state") or "pending"),
        review_round=turn if isinstance(turn, int) else 1,
        reviewer_name=names.get(str(said.get("reviewed_by")), ""),
        reviewed_at=str(said.get("reviewed_at") or ""),
        notes=notes_of(view, names),
        facts=tuple(
            fact
            for fact in facts_of("visit", said, custom_here(store, "visit"), role=store.me.role)
            if fact.spec.name not in TOLD_ABOVE
        ),
        photos=photos_of(store, view.id),
        name_by_id=names,
        sync_state=Marks.of(store).sync_state(view),
        received_at=str(said.get("created_at") or ""),
        updated_at=str(said.get("updated_at") or ""),
        today=store.moment().today,
    )
