"""All customers as a list shows them, the latest activity first, and those that a few typed characters mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from field_app.actions.happenings import latest_by_customer, latest_visits, made_at
from field_app.actions.in_mind import in_mind
from field_app.actions.own_table_words import words_by_customer
from field_app.actions.own_words import own_words
from field_app.actions.records import Marks
from field_app.actions.unsaved import Unsaved, unsaved_new
from field_app.drawing import View
from field_app.gists import Wanted
from field_app.local_store import LocalStore
from field_app.pinyin import Readings, is_meant, letters_of, readings_of
from visit_core import phones
from visit_core.divisions import path_of
from visit_core.merge import DELETED
from visit_core.picklists import REGION
from visit_core.rules.profile import profile
from visit_core.rules.regions import DOMESTIC, Line, line_of, side_of

END_OF_NUMBER = 4  # digits by which one remembers a number


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
    lives: Line = (DOMESTIC,)  # from the side of the border down to the narrowest place that is known
    spoken: tuple[Readings, ...] = ()  # how the name sounds, character by character
    text: str = ""  # everything that a search looks into letter by letter, a line each, in small letters
    letters: frozenset[str] = frozenset()  # with which a spelling of some part of the name may begin
    merged: tuple["CustomerRow", ...] = ()  # who became this customer: found by what was known of them, never shown


@dataclass(frozen=True, slots=True, eq=False)
class CustomerList:
    """Every customer of this device. Two readings are never one: what is drawn beside it is read again, too."""

    rows: tuple[CustomerRow, ...]
    unsaved: tuple[Unsaved, ...]  # new customers that were begun and are not yet records
    today: date
    role: str = ""  # of the person before it


def load(store: LocalStore, _about: str = "") -> CustomerList:
    """All of them, the latest activity first."""
    visited, marks = latest_visits(store), Marks.of(store)
    active = latest_by_customer(store, visited)
    companies = {view.id: str(view.fields.get("name") or "") for view in in_mind(store, "company")}
    known = store.gists.of(Wanted("customer", partial(_known, marks), by=_asked_by(store)))
    gone = store.survivors.all()
    here = [one for one in known if not one.view.is_deleted and one.view.id not in gone]
    here.sort(key=lambda one: max(one.written, active.get(one.view.id, "")), reverse=True)
    own = words_by_customer(store)
    also = {one.view.id: _lines(companies.get(one.company, ""), own.get(one.view.id, "")) for one in here}
    merged = _merged(known, gone)
    rows = tuple(_row(one, visited.get(one.view.id, ""), also[one.view.id], marks) for one in here)
    rows = tuple(replace(row, merged=merged[row.id]) if row.id in merged else row for row in rows)
    return CustomerList(rows, unsaved_new(store, "customer"), store.moment().today, store.me.role if store.me else "")


def matching(rows: Iterable[CustomerRow], typed: str) -> Sequence[CustomerRow]:
    """Whom the typed characters mean: those whose number ends so first, else in the order given."""
    wanted = typed.strip().casefold()
    if not wanted:
        return tuple(rows)
    number, side = phones.digits("".join(wanted.split())), REGION.code_of(wanted)
    ranked = [(rank, row) for row in rows if (rank := _best_rank(row, wanted, number, side)) is not None]
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]


def _best_rank(row: CustomerRow, wanted: str, number: str, side: str | None) -> int | None:
    own = _rank(row, wanted, number, side)
    if not row.merged:
        return own
    ranks = [own, *(_rank(other, wanted, number, side) for other in row.merged)]
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank(row: CustomerRow, wanted: str, number: str, side: str | None) -> int | None:
    """How well a customer fits what was typed: 0 best, None not at all. Letters may spell the name: 张三 is zs.

    `side` is the side of the border that the whole word means: 境外.
    """
    if len(number) >= END_OF_NUMBER and row.number.endswith(number):
        return 0
    if wanted in row.text or side == side_of(row.lives) or (number in row.number and number.isdigit()):
        return 1
    return 2 if wanted[0] in row.letters and is_meant(row.spoken, wanted) else None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a list tells of one customer whatever else is in the store, and what else it needs."""

    row: CustomerRow
    view: View
    written: str  # instant
    company: str  # id
    drawn: dict[tuple[str, str, str], CustomerRow]  # the row as it was last told, by what else it tells


def _merged(known: Iterable[_Known], gone: Mapping[str, str]) -> Mapping[str, tuple[CustomerRow, ...]]:
    """By who is left, the rows of those that were merged into them."""
    merged: dict[str, tuple[CustomerRow, ...]] = {}
    for one in known if gone else ():
        if one.view.id in gone:
            left = gone[one.view.id]
            merged[left] = (*merged.get(left, ()), one.row)
    return merged


def _asked_by(store: LocalStore) -> Sequence[str]:
    """What the organisation asks of customers, as it stands: by it a record is complete or not."""
    return [repr(view.fields) for kind in ("custom_field", "form_template") for view in store.find(kind)]


def _lines(*texts: str) -> str:
    return "\n".join(filter(None, texts)).casefold()


def _row(one: _Known, last_visit: str, also: str, marks: Marks) -> CustomerRow:
    """`also` is what a search looks into beside the customer's own record."""
    state = marks.sync_state(one.view)
    drawn = one.drawn.get((last_visit, also, state))
    if drawn is None:
        text = f"{one.row.text}\n{also}" if also else one.row.text
        drawn = replace(one.row, last_visit=last_visit, sync_state=state, text=text)
        one.drawn.clear()
        one.drawn[last_visit, also, state] = drawn
    return drawn


def _known(marks: Marks, view: View) -> _Known:
    said, asked = view.fields, marks.asked(view)
    told = profile("customer", said, asked)
    number = str(said.get("mobile") or said.get("landline") or "")
    name, address = str(said.get("name") or ""), str(said.get("address_detail") or "")
    tagged = said.get("tags")
    tags = tuple(map(str, tagged)) if isinstance(tagged, list) else ()
    spoken = readings_of(name)
    lives = line_of(said)
    plain = (str(said.get(field) or "") for field in ("company_name", "street", "code"))
    row = CustomerRow(
        id=view.id,
        name=name,
        phone=phones.masked(number) if number else "",
        address=address,
        last_visit="",
        stage=str(said.get("lifecycle_stage") or ""),
        completeness=told.completeness,
        is_incomplete=told.status == "incomplete",
        do_not_visit=said.get("do_not_visit") is True,
        sync_state="",
        number=phones.digits(number),
        tags=tags,
        lives=lives,
        spoken=spoken,
        text="\n".join((name, address, *tags, "".join(path_of(lives[-1])), *plain, *own_words(asked, said))).casefold(),
        letters=letters_of(spoken),
    )
    kept = View(view.kind, view.id, {DELETED: view.is_deleted}, view.is_waiting, view.is_refused)
    return _Known(row, kept, str(said.get("updated_at") or made_at(view.id)), str(said.get("company_id") or ""), {})
