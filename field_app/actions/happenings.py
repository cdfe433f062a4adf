"""What happened with customers: every record that hangs on one, and conflicts, each with its time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from field_app.actions.conflicts import cases
from field_app.actions.in_mind import hanging
from field_app.actions.own_tables import attached_kinds
from field_app.actions.records import Marks
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.fields import Section
from visit_core.kinds import ABOUT_A_CUSTOMER, kind_named
from visit_core.kinds.own_record import is_own
from visit_core.stamp import instant


@dataclass(frozen=True, slots=True)
class Line:
    """How records of one kind stand on a timeline: under when, in whose colour, what came of it, in which words."""

    time: str  # the field; where it is empty the record stands under the instant it was made
    section: Section
    what: str  # the field that says in a word what came of it
    words: tuple[str, ...] = ()  # the first of these fields that is filled


LINES: Mapping[str, Line] = {
    "visit": Line("check_in_at", "contact", "outcome", ("content", "need_summary", "next_action")),
    "contact_record": Line("contact_at", "basic", "channel", ("content", "topic", "result")),
    "purchase": Line("purchase_date", "leads", "amount", ("product_name",)),
    "followup": Line("due_date", "remarks", "status", ("title",)),
    "need": Line("", "leads", "status", ("detail",)),
    "complaint": Line("", "behaviour", "status", ("content",)),
    "opportunity": Line("", "leads", "stage", ("title",)),
    "preference": Line("", "behaviour", "polarity", ("value",)),
    "satisfaction_rating": Line("rated_at", "behaviour", "score", ("comment",)),
    "behaviour_event": Line("at", "behaviour", "kind", ("target", "source")),
    "consent": Line("given_at", "basic", "state", ("receipt_code",)),
    "campaign_participation": Line("joined_at", "leads", "status", ("result",)),
    "lifecycle_event": Line("at", "remarks", "to", ("reason",)),
    "customer_merge": Line("decided_at", "remarks", "state"),
    "conflict": Line("winner_at", "behaviour", "state"),
}
"""One line a kind that is told in a way of its own; conflicts are found by the records they are about, all others by
their customer."""

OWN = Line("", "remarks", "", ("title",))
"""Records of every table of the organisation's own."""

HANGS_ON = tuple(kind for kind in dict.fromkeys((*LINES, *ABOUT_A_CUSTOMER)) if kind != "conflict")


def line_of(kind: str) -> Line:
    """How records of a kind stand on a timeline; one that has no line of its own is told by what names it in lists."""
    if is_own(kind):
        return OWN
    return LINES.get(kind) or Line("", "remarks", "", kind_named(kind).listed)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, as a timeline tells it."""

    kind: str
    id: str
    at: str  # an instant, or a date alone
    fields: Mapping[str, JsonValue]
    words: str  # what says most of it, as it was typed
    sync_state: str
    beside: tuple[str, ...] = ()  # of a conflict: the further fields that were overruled together with its own

    @property
    def section(self) -> Section:
        """In whose colour it is drawn."""
        return line_of(self.kind).section


def happenings_of(store: LocalStore, customer: str) -> tuple[Happening, ...]:
    """Everything about one customer, newest first."""
    marks = Marks.of(store)
    kinds = (*HANGS_ON, *attached_kinds(store))
    found = [_told(view, marks) for kind in kinds for view in store.find(kind, {"customer_id": customer})]
    about = {*store.survivors.family(customer), *(each.id for each in found)}
    disputed = [view for view in store.find("conflict") if view.fields.get("record_id") in about]
    every = [*found, *(_dispute(case, marks) for case in cases(disputed))]
    return tuple(sorted(every, key=lambda each: (each.at, each.id), reverse=True))


def latest_visits(store: LocalStore) -> dict[str, str]:
    """When each customer was last called on, where anybody did."""
    return {customer: visits.latest for customer, visits in hanging(store, "visit").items() if visits.latest}


def latest_by_customer(store: LocalStore, visited: Mapping[str, str]) -> dict[str, str]:
    """When something last happened with each customer, where anything did; `visited` are their latest visits."""
    latest = dict(visited)
    for kind in ("contact_record", "purchase"):
        for customer, told in hanging(store, kind).items():
            latest[customer] = max(latest.get(customer, ""), told.latest)
    return latest


def made_at(record_id: str) -> str:
    """The instant a record was made in, by its id."""
    return instant(int(record_id[:12], 16))


def _told(view: View, marks: Marks) -> Happening:
    line = line_of(view.kind)
    at = next(_filled(view, line.time), made_at(view.id))
    words = next(_filled(view, *line.words), "")
    return Happening(view.kind, view.id, at, view.fields, words, marks.sync_state(view))


def _dispute(case: Sequence[View], marks: Marks) -> Happening:
    """Conflicts that are one for people, told as the first of them; it is open while any of them is."""
    told = _told(case[0], marks)
    is_open = any(view.fields.get("state") == "open" for view in case)
    fields = {**told.fields, "state": "open"} if is_open else told.fields
    return replace(told, fields=fields, beside=tuple(str(view.fields.get("field")) for view in case[1:]))


def _filled(view: View, *names: str) -> Iterator[str]:
    return (str(view.fields[name]) for name in names if view.fields.get(name))
