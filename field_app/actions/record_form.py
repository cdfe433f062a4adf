"""A form of any kind as it opens: the record or the defaults, and over them what was typed since."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from field_app.actions.declared import begun_by, layouts_here, specs_here, templates_here
from field_app.actions.edits import wanted
from field_app.actions.everybody import names_in
from field_app.actions.extra_lines import FIELD, labels_often
from field_app.actions.facts import names_of, unlocked
from field_app.actions.form_words import KIND as WORDS
from field_app.actions.form_words import forms_to_judge
from field_app.actions.own_tables import asked_of
from field_app.actions.review_notes import NoteRead, notes_of
from field_app.actions.twins import Known, known_customers
from field_app.drafts import KeptDraft
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.errors import NotFound
from visit_core.fields import Fields, FieldSpec, Record, Specs
from visit_core.kinds import kind_named
from visit_core.picklists import Choice
from visit_core.shapes import Line, Name, SetOf

SUGGESTED = 12  # the words given most often before
LINES_SUGGESTED = 4
REGIONS_SUGGESTED = 5
DISTRICT, STREET = "district", "street"


@dataclass(frozen=True, slots=True)
class RecordForm:
    """What a form shows when it opens."""

    kept: KeptDraft
    specs: Specs  # what the form may ask for, by name
    fields: Fields
    name_by_id: Mapping[str, str]  # of the records the fields refer to
    suggested: Mapping[str, Sequence[str]]
    streets: Mapping[str, Sequence[str]]  # those in which others live, by the code of the district
    known: Sequence[Known]  # customers, for a form that may write one down twice
    notes: Sequence[NoteRead] = ()  # what the supervisor wants mended
    templates: Sequence[Choice] = ()  # the forms that a new record may be made by

    @property
    def is_new(self) -> bool:
        """Whether a record comes of it that was not there before."""
        return not self.kept.record


def load(store: LocalStore, about: str) -> RecordForm:
    """The form kept under that id; NotFound if it was saved or let go of."""
    kept = store.drafts.get(about)
    if kept is None:
        raise NotFound("not_found", field="id")
    return laid_out(store, kept)


def laid_out(store: LocalStore, kept: KeptDraft) -> RecordForm:
    """The form as it stands, by the template that is chosen in it."""
    kind = kind_named(kept.kind)
    view = wanted(store, kept.kind, kept.record) if kept.record else None
    before = view.fields if view else _usual(store, specs_here(store, kind))
    fields = {**before, **kept.given}
    layouts = layouts_here(store, kind)
    asked = asked_of(store, kept.kind, layouts.of(fields if view else {**fields, **begun_by(layouts, fields)}))
    specs = unlocked(asked, store.me.role)
    known = known_customers(store) if kept.kind == "customer" and not kept.record else ()
    notes = [note for note in notes_of(view, names_in(store)) if not note.is_resolved] if view else []
    names, views = names_of(store, kept.kind, fields), store.find(kept.kind)
    told = RecordForm(kept, specs, fields, names, _suggested(store, kind, views), _streets(views), known, notes)
    return told if view else replace(told, templates=templates_here(store, kind))


def _usual(store: LocalStore, specs: Specs) -> dict[str, JsonValue]:
    """A new record's defaults, and today where a day in the past must be given."""
    today = store.moment().today.isoformat()
    days = [
        name
        for name, spec in specs.items()
        if spec.asked.must and spec.control in ("date", "when") and getattr(spec.shape, "past", False)
    ]
    usual = {name: spec.default for name, spec in specs.items() if spec.default is not None}
    return {**usual, **dict.fromkeys(days, today)}


def _suggested(store: LocalStore, kind: type[Record], views: Sequence[View]) -> dict[str, Sequence[str]]:
    """What stands in other records: single words of fields that hold several, and whole lines that come back."""
    asked = {name: spec for name, spec in specs_here(store, kind).items() if spec.control in ("chips", "text")}
    several = [name for name, spec in asked.items() if isinstance(spec.shape, SetOf)]
    words = {name: _commonest(view.fields.get(name) for view in views) for name in several}
    lines = {n: _again([view.fields.get(n) for view in views]) for n, s in asked.items() if _may_stand_again(s)}
    return {
        **words,
        **lines,
        FIELD: labels_often(store, kind.kind_name),
        **_regions(views),
        **_forms(store, kind),
    }


def _forms(store: LocalStore, kind: type[Record]) -> dict[str, Sequence[str]]:
    return {"template": forms_to_judge(store)} if kind.kind_name == WORDS else {}


def _streets(views: Sequence[View]) -> dict[str, Sequence[str]]:
    """The streets in which others live, the latest written down first."""
    streets: dict[str, list[str]] = {}
    for view in reversed(views):
        district, street = (str(view.fields.get(name) or "") for name in (DISTRICT, STREET))
        beside = streets.setdefault(district, []) if district else []
        if street and street not in beside and len(beside) < LINES_SUGGESTED:
            beside.append(street)
    return dict(streets)


def _regions(views: Sequence[View]) -> dict[str, Sequence[str]]:
    """Where others live, the latest written down first."""
    said = (view.fields.get("district") or view.fields.get("city") for view in reversed(views))
    return {DISTRICT: list(dict.fromkeys(str(code) for code in said if code))[:REGIONS_SUGGESTED]}


def _may_stand_again(spec: FieldSpec) -> bool:
    """Whether a line says the same of several people: a job or a company, and not who or where somebody is."""
    asked = spec.asked
    is_line = type(spec.shape) in (Line, Name) and spec.control == "text"
    return is_line and not asked.masked and not asked.sensitive and asked.writer == "anyone"


def _again(values: Sequence[JsonValue]) -> Sequence[str]:
    """What stands in two records at least: the last one first, then what stands most often."""
    said = [str(value) for value in values if isinstance(value, str) and value]
    times = Counter(said)
    often = [word for word, count in times.most_common() if count > 1]
    return list(dict.fromkeys([*(word for word in said[-1:] if times[word] > 1), *often]))[:LINES_SUGGESTED]


def _commonest(lists: Iterable[JsonValue]) -> Sequence[str]:
    times: dict[str, int] = {}
    for members in lists:
        for member in members if isinstance(members, list) else []:
            times[str(member)] = times.get(str(member), 0) + 1
    return sorted(times, key=lambda word: -times[word])[:SUGGESTED]
