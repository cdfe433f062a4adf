"""One customer: who it is, how to reach them, what happened, what is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from field_app.actions.assessing import assessed
from field_app.actions.consents import ConsentRead, consents_of
from field_app.actions.declared import custom_here, layouts_here
from field_app.actions.edits import wanted
from field_app.actions.facts import Fact, empty_of, facts_of, names_of
from field_app.actions.happenings import Happening, happenings_of
from field_app.actions.latecomers import Late, late_at
from field_app.actions.older import may_have_older
from field_app.actions.promises import local_day
from field_app.actions.records import Marks
from field_app.actions.standings import care_here
from field_app.actions.unsaved import Unsaved, unsaved_about
from field_app.local_store import LocalStore
from visit_core import phones
from visit_core.fields import FieldSpec, fields_of
from visit_core.kinds.customer import Customer
from visit_core.rules.assessing import Assessment
from visit_core.rules.care import Care, next_visit
from visit_core.rules.profile import profile

NUMBERS = ("mobile", "landline")  # which is called first


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A customer as the page shows them."""

    id: str
    code: str  # empty for one from before there were codes
    name: str
    stage: str
    address: str
    number_field: str  # mobile or landline; empty where neither is known
    masked_number: str
    has_wechat: bool
    do_not_visit: bool
    do_not_visit_until: str
    sync_state: str
    is_deleted: bool
    completeness: int
    missing: tuple[FieldSpec, ...]
    told: Assessment  # what the rules say today
    care: Care  # what customers of this grade are to have
    next_visit: date | None  # that is due by it; None where nobody was ever there, or is wanted
    grade_reason: str  # of a grade given by hand
    consents: tuple[ConsentRead, ...]
    happenings: tuple[Happening, ...]
    facts: tuple[Fact, ...]
    empty: tuple[FieldSpec, ...]  # what the form asks for and nobody filled in, or somebody emptied
    name_by_id: Mapping[str, str]  # of the records the facts refer to
    unsaved: tuple[Unsaved, ...]  # forms about this customer that are not yet saved
    late: tuple[Late, ...]  # what came late for those merged into this customer
    may_set_aside: bool  # what came late
    has_older: bool  # the server may have more than this device
    today: date


def load(store: LocalStore, about: str) -> CustomerPage:
    """The customer of that id; NotFound if this device has none."""
    view = wanted(store, "customer", about)
    said, asked = view.fields, layouts_here(store, Customer).of(view.fields)
    filled = profile("customer", said, asked)
    told, happened = assessed(store, view), happenings_of(store, view.id)
    care = care_here(store)[told.grade]
    number_field = next((each for each in NUMBERS if said.get(each)), "")
    return CustomerPage(
        id=view.id,
        code=str(said.get("code") or ""),
        name=str(said.get("name") or ""),
        stage=str(said.get("lifecycle_stage") or ""),
        address=str(said.get("address_detail") or ""),
        number_field=number_field,
        masked_number=phones.masked(str(said[number_field])) if number_field else "",
        has_wechat=bool(said.get("wechat_id")),
        do_not_visit=said.get("do_not_visit") is True,
        do_not_visit_until=str(said.get("do_not_visit_until") or ""),
        sync_state=Marks.of(store).sync_state(view),
        is_deleted=view.is_deleted,
        completeness=filled.completeness,
        missing=tuple({**fields_of(Customer), **asked}[name] for name in filled.missing),
        told=told,
        care=care,
        next_visit=None if said.get("do_not_visit") is True else next_visit(care, _last_visit(happened)),
        grade_reason=str(said.get("grade_reason") or ""),
        consents=consents_of(store, view.id),
        happenings=happened,
        facts=facts_of("customer", said, custom_here(store, "customer"), role=store.me.role),
        empty=empty_of(asked, said),
        name_by_id=names_of(store, "customer", said),
        unsaved=unsaved_about(store, view.id),
        late=late_at(store, view.id),
        may_set_aside=store.me.role == "supervisor",
        has_older=may_have_older(store, view.id),
        today=store.moment().today,
    )


def _last_visit(happened: Iterable[Happening]) -> date | None:
    return local_day(max((one.at for one in happened if one.kind == "visit"), default=""))
