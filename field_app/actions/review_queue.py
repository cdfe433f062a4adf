"""Visits that wait for a supervisor: what needs eyes first, then what is clean, then what was asked about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal

from field_app.actions.edits import wanted
from field_app.actions.everybody import Names, names_in, readable
from field_app.actions.facts import Fact, facts_of
from field_app.actions.in_mind import in_mind
from field_app.actions.photographs import PhotoRead, photos_seen
from field_app.actions.review_notes import NoteRead, notes_of
from field_app.actions.review_reasons import Reason, reasons, seconds_there
from field_app.actions.reviewing import reviewed
from field_app.drawing import View
from field_app.local_store import LocalStore

Group = Literal["exception", "clean", "question"]
IN_THE_HEAD = ("customer_id", "check_in_at", "check_out_at", "visit_type")


@dataclass(frozen=True, slots=True)
class ToJudge:
    """One visit in the queue, with all that is needed to judge it."""

    id: str
    customer: str
    address: str
    rep: str
    at: str
    seconds: int | None
    outcome: str
    visit_type: str
    has_fix: bool
    state: str
    reasons: tuple[Reason, ...]
    facts: tuple[Fact, ...]
    notes: tuple[NoteRead, ...]
    photos: tuple[PhotoRead, ...] = ()

    @property
    def group(self) -> Group:
        """Where it stands in the queue."""
        if self.state == "question":
            return "question"
        return "exception" if self.reasons else "clean"


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """All visits that wait, in the order they are read."""

    visits: tuple[ToJudge, ...]
    today: date

    def of(self, group: Group) -> list[ToJudge]:
        """The visits of one group."""
        return [visit for visit in self.visits if visit.group == group]


WAITING = ("pending", "question")
ORDER: tuple[Group, ...] = ("exception", "clean", "question")


def load(store: LocalStore, _about: str = "") -> ReviewQueue:
    """The queue as it is now, exceptions first, each group in the order of the day."""
    read = partial(_to_judge, names=names_in(store), addresses=_addresses(store), context=_Context.of(store))
    views = [view for state in WAITING for view in store.find("visit", {"review_state": state})]
    waiting = [replace(read(view), photos=photos_seen(store, view)) for view in views]
    waiting.sort(key=lambda visit: (ORDER.index(visit.group), visit.at, visit.id))
    return ReviewQueue(tuple(waiting), store.moment().today)


@dataclass(frozen=True, slots=True)
class OneToJudge:
    """One visit of the queue; None once it is judged or gone."""

    visit: ToJudge | None
    today: date


def load_one(store: LocalStore, about: str) -> OneToJudge:
    """The visit `about`, if it still waits."""
    queue = load(store)
    return OneToJudge(next((visit for visit in queue.visits if visit.id == about), None), queue.today)


def approve_all(store: LocalStore, visit_ids: Sequence[str]) -> int:
    """Approve several visits in one commit; give how many."""
    verdict = {"review_state": "approved"}
    store.keep_each([reviewed(store, wanted(store, "visit", visit_id), verdict) for visit_id in visit_ids])
    return len(visit_ids)


@dataclass(frozen=True, slots=True)
class _Context:
    """What one visit alone does not tell."""

    edited_after_verdict: frozenset[str]  # visits
    with_place: frozenset[str]  # reps whose devices tell where they are

    @classmethod
    def of(cls, store: LocalStore) -> "_Context":
        edited = store.find("conflict", {"state": "open", "rule": "reopened", "record_kind": "visit"})
        visits = in_mind(store, "visit")
        placed = (str(view.fields.get("owner_id")) for view in visits if view.fields.get("check_in_fix"))
        return cls(frozenset(str(view.fields.get("record_id")) for view in edited), frozenset(placed))


def _addresses(store: LocalStore) -> Names:
    return {view.id: str(view.fields.get("address_detail") or "") for view in in_mind(store, "customer")}


def _to_judge(view: View, names: Names, addresses: Names, context: _Context) -> ToJudge:
    told, owner, customer = view.fields, str(view.fields.get("owner_id")), str(view.fields.get("customer_id"))
    is_edited, is_usual = view.id in context.edited_after_verdict, owner in context.with_place
    return ToJudge(
        id=view.id,
        customer=names.get(customer, ""),
        address=addresses.get(customer, ""),
        rep=names.get(owner, ""),
        at=str(told.get("check_in_at") or ""),
        seconds=seconds_there(told),
        outcome=str(told.get("outcome") or ""),
        visit_type=str(told.get("visit_type") or ""),
        has_fix=bool(told.get("check_in_fix")),
        state=str(told.get("review_state")),
        reasons=reasons(told, is_edited_after_verdict=is_edited, is_place_usual=is_usual),
        facts=tuple(_readable(fact, names) for fact in facts_of("visit", told) if fact.spec.name not in IN_THE_HEAD),
        notes=notes_of(view, names),
    )


def _readable(fact: Fact, names: Names) -> Fact:
    return replace(fact, value=readable(fact.spec, fact.value, names))
