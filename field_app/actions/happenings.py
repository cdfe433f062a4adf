"""What happened with customers: visits, contacts, purchases, promises, conflicts, each with its time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.records import Marks
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.fields import Section
from visit_core.stamp import instant

TIME_FIELD = {
    "visit": "check_in_at",
    "contact_record": "contact_at",
    "purchase": "purchase_date",
    "followup": "due_date",
}
SECTIONS: Mapping[str, Section] = {
    "visit": "contact",
    "contact_record": "basic",
    "purchase": "leads",
    "followup": "remarks",
    "conflict": "behaviour",
}
WORDS = {
    "visit": ("content", "need_summary", "next_action"),
    "contact_record": ("content", "topic", "result"),
    "purchase": ("product_name",),
    "followup": ("title",),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, as a timeline tells it."""

    kind: str
    id: str
    at: str  # an instant, or a date alone
    fields: Mapping[str, JsonValue]
    words: str  # what says most of it, as it was typed
    sync_state: str

    @property
    def section(self) -> Section:
        """In whose colour it is drawn."""
        return SECTIONS[self.kind]


def happenings_of(store: LocalStore, customer: str) -> tuple[Happening, ...]:
    """Everything about one customer, newest first."""
    marks = Marks.of(store)
    found = [_told(view, marks) for kind in TIME_FIELD for view in store.find(kind, {"customer_id": customer})]
    about = {customer, *(each.id for each in found)}
    disputed = [view for view in store.find("conflict") if view.fields.get("record_id") in about]
    every = [*found, *(_told(view, marks) for view in disputed)]
    return tuple(sorted(every, key=lambda each: (each.at, each.id), reverse=True))


def latest_by_customer(store: LocalStore) -> dict[str, str]:
    """When something last happened with each customer, or the customer was last written."""
    latest = {view.id: str(view.fields.get("updated_at") or made_at(view.id)) for view in store.find("customer")}
    for kind in ("visit", "contact_record", "purchase"):
        for customer, at in latest_of(store.find(kind), TIME_FIELD[kind]).items():
            latest[customer] = max(latest.get(customer, ""), at)
    return latest


def latest_of(views: Iterable[View], time_field: str) -> dict[str, str]:
    """The latest time by customer."""
    latest: dict[str, str] = {}
    for view in views:
        customer, at = str(view.fields.get("customer_id")), str(view.fields.get(time_field) or "")
        latest[customer] = max(latest.get(customer, ""), at)
    return latest


def made_at(record_id: str) -> str:
    """The instant a record was made in, by its id."""
    return instant(int(record_id[:12], 16))


def _told(view: View, marks: Marks) -> Happening:
    at = next(_filled(view, TIME_FIELD.get(view.kind, "winner_at")), made_at(view.id))
    words = next(_filled(view, *WORDS.get(view.kind, ())), "")
    return Happening(view.kind, view.id, at, view.fields, words, marks.sync_state(view))


def _filled(view: View, *names: str) -> Iterator[str]:
    return (str(view.fields[name]) for name in names if view.fields.get(name))
