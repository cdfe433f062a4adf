"""A customer's page, view by view, and what opens over it; the forms by which customers are written down."""

from datetime import date

from demo.pictures.before import Before
from demo.pictures.picture import Picture, Steps, at
from demo.stage import Stage
from field_app.screens.days import month_words
from field_app.screens.look import Look
from visit_core.picklists import CONSENT_PURPOSE, GRADE

LISTED = ("purchases", "needs", "opportunities", "preferences", "consents")


def customer_pictures() -> tuple[Picture, ...]:
    """The list, the page and its sheets."""
    return (
        at("customers", "rep", "customers"),
        at("customers-found", "rep", "customers", _searches),
        at("customers-view", "rep", "customers", _chooses_a_view),
        at("care", "rep", "care"),
        at("customer", "rep", _first),
        at("customer-older", "rep", _first, lambda before: before.scrolls(20)),
        at("customer-why", "rep", _first, _asks_why),
        at("customer-profile", "rep", _first, _view("profile")),
        at("customer-profile-below", "rep", _first, _below("profile")),
        at("empty-fields", "rep", _first, _unfolds),
        at("field-past", "rep", _first, _looks_back),
        *(at(f"customer-{view}", "rep", _first, _view(view)) for view in LISTED),
        at("customer-own", "rep", _first, _view("own")),
        at("own-tables", "rep", "own_tables"),
        at("own-table", "rep", "own_table/t_pets"),
        at("own-record", "rep", "own_table/t_pets", lambda before: before.taps_on("小白")),
        at("consent", "rep", _first, _asks),
        at("adding", "rep", _first, lambda before: before.taps("adding.open")),
    )


def form_pictures() -> tuple[Picture, ...]:
    """Writing somebody down, and what a form opens."""
    return (
        at("customer-form", "rep", _first, _edits),
        at("customer-form-below", "rep", _first, _further),
        at("form-menu", "rep", "customers", _opens_menu),
        at("division", "rep", _first, _chooses_place),
        at("division-searched", "rep", _first, _searches_place),
        at("record-picker", "rep", _first, _picks),
        at("record-maker", "rep", _first, _makes),
        at("calendar", "rep", _first, lambda before: _dates(before, "form.pick_day")),
        at("calendar-years", "rep", _first, _looks_years_back),
        at("clock-face", "rep", _first, lambda before: _dates(before, "form.pick_time")),
        at("customer-new", "rep", "customers", lambda before: before.taps("customers.new")),
        at("customer-new-twin", "rep", "customers", _meets_a_twin),
    )


def _first(stage: Stage) -> str:
    return f"customer/{stage.found['customers'][0]['id']}"


def _searches(before: Before) -> None:
    before.types(before.says("customers.search"), "zs")


def _chooses_a_view(before: Before) -> None:
    before.taps("list.choose")
    before.reads(before.says("list.marks"))


def _asks_why(before: Before) -> None:
    before.taps_on(f"A {GRADE.label('A', before.lang)}")
    before.reads(before.says("grade.why", grade="A"))


def _view(view: str) -> Steps:
    return lambda before: before.turns_to(f"customer.tab.{view}")


def _below(view: str) -> Steps:
    def go(before: Before) -> None:
        before.turns_to(f"customer.tab.{view}")
        before.scrolls(2)

    return go


def _unfolds(before: Before) -> None:
    before.turns_to("customer.tab.profile")
    before.taps_on_part(max(before.says("past.empty", count="#").split("#"), key=len).strip())
    before.scrolls(2)


def _looks_back(before: Before) -> None:
    before.turns_to("customer.tab.profile")
    label = before.labelled("customer", "mobile")
    if before.at_desk:
        before.taps("past.open", field=label)
    else:
        before.presses_long(label)
    before.reads(before.says("past.whole"))


def _asks(before: Before) -> None:
    before.turns_to("customer.tab.consents")
    before.taps_on_row(CONSENT_PURPOSE.label("service", before.lang))


def _dates(before: Before, sign: str) -> None:
    before.taps("adding.open")
    before.taps_on_exactly(before.kind("contact_record"))
    before.taps(sign)


def _looks_years_back(before: Before) -> None:
    _dates(before, "form.pick_day")
    today = date.today()
    before.taps_on(month_words(today, Look(before.lang)))
    before.taps_on_exactly(str(today.year))


def _edits(before: Before) -> None:
    before.taps("customer.edit")


def _further(before: Before) -> None:
    _edits(before)
    before.taps("form.section.basic")
    before.scrolls(3)


def _opens_menu(before: Before) -> None:
    before.taps("customers.new")
    before.taps_into(before.says("record_form.sheet"))


def _chooses_place(before: Before) -> None:
    _edits(before)
    before.taps("form.section.basic")
    before.taps_into(before.says("division.label"))


def _searches_place(before: Before) -> None:
    _chooses_place(before)
    before.types(before.says("division.search"), "pd")


def _picks(before: Before) -> None:
    _edits(before)
    before.taps("form.section.basic")
    before.taps_into(before.labelled("customer", "company_id"))


def _makes(before: Before) -> None:
    _picks(before)
    before.taps("record_form.new", kind=before.kind("company"))


def _meets_a_twin(before: Before) -> None:
    before.taps("customers.new")
    before.types(before.labelled("customer", "mobile"), "1391234")
