"""All customers as a list shows them, the latest activity first, and those that a few typed characters mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from field_app.actions.happenings import latest_by_customer, latest_of
from field_app.actions.records import Marks
from field_app.actions.unsaved import Unsaved, unsaved_new
from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.pinyin import Readings, is_meant, readings_of
from visit_core import phones
from visit_core.rules.profile import profile


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One customer in a list. Only the masked number is for the eye; `number` is what a search looks into."""

    id: str
    name: str
    phone: str  # masked; empty if there is none
    address: str
    last_visit: str  # instant; empty if nobody was there
    stage: str
    completeness: int  # percent
    is_incomplete: bool
    do_not_visit: bool
    sync_state: str
    number: str  # digits
    tags: tuple[str, ...]
    spoken: tuple[Readings, ...] = ()  # how the name sounds, character by character


@dataclass(frozen=True, slots=True, eq=False)
class CustomerList:
    """Every customer of this device. Two readings are never one: what is drawn beside it is read again, too."""

    rows: tuple[CustomerRow, ...]
    unsaved: tuple[Unsaved, ...]  # new customers that were begun and are not yet records
    today: date


def load(store: LocalStore, _about: str = "") -> CustomerList:
    """All of them, the latest activity first."""
    active, marks = latest_by_customer(store), Marks.of(store)
    visited = latest_of(store.find("visit"), "check_in_at")
    found = sorted(store.find("customer"), key=lambda view: active.get(view.id, ""), reverse=True)
    rows = tuple(_row(view, visited.get(view.id, ""), marks) for view in found)
    return CustomerList(rows, unsaved_new(store, "customer"), store.moment().today)


def matching(rows: Iterable[CustomerRow], typed: str) -> Sequence[CustomerRow]:
    """Whom the typed characters mean: those whose number ends so first, else in the order given."""
    wanted = typed.strip().casefold()
    ranked = [(rank, row) for row in rows if (rank := meant(row, wanted)) is not None]
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def meant(row: CustomerRow, wanted: str) -> int | None:
    """How well a customer fits what was typed: 0 best, None not at all. Letters may spell the name: 张三 is zs."""
    digits = phones.digits("".join(wanted.split()))
    if digits and len(digits) >= 4 and row.number.endswith(digits):
        return 0
    words = (row.name, row.address, *row.tags)
    if any(wanted in word.casefold() for word in words) or (digits.isdigit() and digits in row.number):
        return 1
    return 2 if is_meant(row.spoken, wanted) else None


def _row(view: View, last_visit: str, marks: Marks) -> CustomerRow:
    said, told = view.fields, profile("customer", view.fields, marks.asked(view))
    number = str(said.get("mobile") or said.get("landline") or "")
    name, tags = str(said.get("name") or ""), said.get("tags")
    return CustomerRow(
        id=view.id,
        name=name,
        phone=phones.masked(number) if number else "",
        address=str(said.get("address_detail") or ""),
        last_visit=last_visit,
        stage=str(said.get("lifecycle_stage") or ""),
        completeness=told.completeness,
        is_incomplete=told.status == "incomplete",
        do_not_visit=said.get("do_not_visit") is True,
        sync_state=marks.sync_state(view),
        number=phones.digits(number),
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        spoken=readings_of(name),
    )
