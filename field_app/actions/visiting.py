"""A visit on its way: what its form begins with, and how it becomes a record with few taps."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import JsonValue

from field_app.actions.declared import begun_by, custom_here, layouts_here
from field_app.actions.door import Door, door, last_visit
from field_app.actions.edits import wanted
from field_app.actions.extra_lines import FIELD, labels_often
from field_app.actions.in_mind import in_mind
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore
from visit_core.errors import NotFound
from visit_core.fields import Fields, Specs
from visit_core.ids import new_id
from visit_core.kinds.visit import Visit
from visit_core.stamp import instant

CARRIED_ON = ("purchase_intention", "product_interest")
"""What is likely still so since the last visit."""

SUGGESTED = ("product_interest", "topics")
SUGGESTIONS_AT_MOST = 6

Day = str


@dataclass(frozen=True, slots=True)
class Remark:
    """What the supervisor wrote on a visit and is not yet settled."""

    field: str
    comment: str
    at: str


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A visit in progress, or one that is being corrected."""

    draft: KeptDraft
    specs: Specs  # what the form may ask for, by name
    given: Fields
    door: Door | None
    since_ms: int
    carried_on: bool  # the intention is the one of the last visit
    suggested: Mapping[str, Sequence[str]]
    remarks: Sequence[Remark]
    waiting: int

    @property
    def is_new(self) -> bool:
        """Whether it is no record yet."""
        return not self.draft.record


def load(store: LocalStore, draft_id: str) -> VisitForm:
    """The form as it was left; NotFound if it was saved or let go of."""
    draft = store.drafts.get(draft_id)
    if draft is None:
        raise NotFound("not_found", field="id")
    before = wanted(store, "visit", draft.record).fields if draft.record else beginning(store, draft)
    given, layouts = {**before, **draft.given}, layouts_here(store, Visit)
    return VisitForm(
        draft=draft,
        specs=layouts.of(given if draft.record else {**given, **begun_by(layouts, given)}),
        given=given,
        door=door(store, str(given.get("customer_id") or "")),
        since_ms=draft.begun_ms,
        carried_on=not draft.record and "purchase_intention" in before and "purchase_intention" not in draft.given,
        suggested=suggestions(store),
        remarks=_remarks(before),
        waiting=store.waiting_records(),
    )


def beginning(store: LocalStore, draft: KeptDraft) -> dict[str, JsonValue]:
    """What a new visit begins with: the time, the organisation's defaults, what the customer wanted last time."""
    last = last_visit(store, str(draft.given.get("customer_id") or ""))
    known = last.fields if last else {}
    carried_on = {name: known[name] for name in CARRIED_ON if known.get(name)}
    own = {name: spec.default for name, spec in custom_here(store, "visit").items() if spec.default is not None}
    return {"check_in_at": instant(draft.begun_ms), **own, **carried_on}


def suggestions(store: LocalStore) -> dict[str, list[str]]:
    """The words given most often, by field."""
    visits = [view.fields for view in in_mind(store, "visit")]
    return {**{name: _most_used(visits, name) for name in SUGGESTED}, FIELD: labels_often(store, "visit")}


def kept_now(store: LocalStore, outcome: str, customer_id: str, next_date: Day = "") -> KeptDraft:
    """A visit of one tap: arrived and left this minute. It is a form, so that it can be taken back and completed."""
    now_ms = store.now_ms()
    given: dict[str, JsonValue] = {"customer_id": customer_id, "check_in_at": instant(now_ms), "outcome": outcome}
    if next_date:
        given["next_date"] = next_date
    return KeptDraft(id=new_id(now_ms), kind="visit", given=given, begun_ms=now_ms)


def to_save(form: VisitForm, fields: Fields, now_ms: int) -> dict[str, JsonValue]:
    """What a visit is saved with: a new one ends now, and says nothing of what was left empty."""
    if not form.is_new:
        return dict(fields)
    filled = {name: value for name, value in fields.items() if value is not None}
    return {"check_out_at": instant(max(now_ms, form.since_ms)), **filled}


def another_time(today: date) -> dict[str, date]:
    """Days on which to come again, each once: tomorrow, the day after, the weekend, in a week."""
    to_saturday = (5 - today.weekday()) % 7 or 7
    weekend = "weekend" if today.weekday() < 5 else "next_weekend"
    soon = {"tomorrow": 1, "after_tomorrow": 2, weekend: to_saturday}
    days = {**soon, "in_a_week": 7, "in_two_weeks": 14, "in_a_month": 30}
    first: dict[int, str] = {}
    for name, ahead in days.items():
        first.setdefault(ahead, name)
    return {name: today + timedelta(days=ahead) for ahead, name in sorted(first.items())}


def next_steps(today: date) -> dict[str, date]:
    """When to follow up: tomorrow, in three days, a week, a month."""
    days = {"tomorrow": 1, "in_3_days": 3, "in_a_week": 7, "in_a_month": 30}
    return {name: today + timedelta(days=ahead) for name, ahead in days.items()}


def _most_used(visits: Sequence[Fields], name: str) -> list[str]:
    words: Counter[str] = Counter()
    for fields in visits:
        members = fields.get(name)
        words.update(map(str, members) if isinstance(members, list) else ())
    return [word for word, _ in words.most_common(SUGGESTIONS_AT_MOST)]


def _remarks(fields: Fields) -> list[Remark]:
    notes = fields.get("review_notes")
    entries = [note for note in notes if isinstance(note, dict)] if isinstance(notes, list) else []
    return [
        Remark(str(note.get("field") or ""), str(note.get("comment") or ""), str(note.get("at") or ""))
        for note in entries
        if not note.get("resolved")
    ]
