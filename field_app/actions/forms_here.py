"""The forms of customers as an admin sees them: the version in force, a blank sheet of each, the next version."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.declared import begun_by, layouts_here, specs_here
from field_app.actions.form_words import FormWords, words_on
from field_app.actions.own_fields import only_admins
from field_app.drafts import KeptDraft
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.cell_files import write_sheets
from visit_core.errors import NotFound
from visit_core.fields import Fields, FieldSpec, Record, Specs
from visit_core.kinds import kind_named
from visit_core.kinds.customer import Customer
from visit_core.picklists import TEMPLATE, TEMPLATES, Language
from visit_core.tables import is_exchanged
from visit_core.templates import BUILT_IN, FIRST_VERSION

KIND = "form_template"
NOT_ASKED = frozenset({"template_id", "template_version", "owner_id"})


@dataclass(frozen=True, slots=True)
class Form:
    """One form, in the version that new customers are written down by."""

    code: str
    zh: str
    en: str
    version: int
    fields: int  # that it asks for
    must: int  # of them without which a customer is incomplete
    is_sheet: bool  # one of the four of the source articles, or an organisation's own
    words: FormWords


@dataclass(frozen=True, slots=True)
class VersionForm:
    """The next version of a form, as it opens."""

    kept: KeptDraft
    fields: Fields
    specs: Specs  # all fields it may ask for


def load(store: LocalStore, _about: str) -> tuple[Form, ...]:
    """All forms; NotAllowed for who is no admin."""
    only_admins(store, KIND)
    own = {str(view.fields.get("key")): str(view.fields.get("name")) for view in _versions(store)}
    names = {**{code: (name, name) for code, name in own.items()}, **{c.code: (c.zh, c.en) for c in TEMPLATES.choices}}
    return tuple(_form(store, code, *said) for code, said in names.items())


def load_version(store: LocalStore, about: str) -> VersionForm:
    """The next version kept under that id; NotFound if it was published or let go of."""
    only_admins(store, KIND)
    kept = store.drafts.get(about)
    if kept is None:
        raise NotFound("not_found", field="id")
    return VersionForm(kept, kept.given, specs_here(store, Customer))


def next_version(store: LocalStore, code: str) -> dict[str, JsonValue]:
    """What the next version of a form begins with: the fields of the one in force, in their order."""
    in_force = next(form for form in load(store, "") if form.code == code)
    asked = _laid(store, Customer, code)
    listed: list[JsonValue] = [
        {"field": name, "required_level": _level(spec, code), "section": spec.asked.section}
        for name, spec in asked.items()
        if name not in NOT_ASKED and (spec.control != "hidden" or name in _custom_out(asked))
    ]
    made = [_number(view.fields) for view in _versions(store) if view.fields.get("key") == code]
    standing = max(in_force.version, *made, FIRST_VERSION)
    base = code if code in {choice.code for choice in TEMPLATE.choices} else _base(store, code)
    only_listed = ("customer", code) in BUILT_IN
    told: dict[str, JsonValue] = {"entity": "customer", "key": code, "name": in_force.zh, "version": standing + 1}
    return {**told, "status": "published", "base": base, "only_listed": only_listed, "fields": listed}


def blank_sheet(store: LocalStore, code: str, lang: Language) -> bytes:
    """A workbook with a sheet for every table of the form and nothing but its headings."""
    kinds = [kind_named(kind) for kind, each in BUILT_IN if each == code] or [Customer]
    return write_sheets({kind.label(lang): [_headings(store, kind, code, lang)] for kind in kinds})


def _headings(store: LocalStore, kind: type[Record], code: str, lang: Language) -> Sequence[str]:
    asked = [spec for spec in _laid(store, kind, code).values() if spec.control != "hidden" and is_exchanged(spec)]
    needed = "(必填)" if lang == "zh" else "(required)"
    named = [spec for spec in asked if spec.name not in NOT_ASKED]
    return [f"{spec.asked.label(lang)}{needed if code in spec.asked.must else ''}" for spec in named]


def _form(store: LocalStore, code: str, zh: str, en: str) -> Form:
    layouts = layouts_here(store, Customer)
    asked = [spec for spec in _laid(store, Customer, code).values() if spec.control != "hidden"]
    shown = [spec for spec in asked if spec.name not in NOT_ASKED and spec.asked.writer == "anyone"]
    must = sum(code in spec.asked.must for spec in shown)
    is_sheet = code not in {choice.code for choice in TEMPLATE.choices}
    version, words = layouts.version_in_force(code) or FIRST_VERSION, words_on(store, code, zh, en)
    return Form(code, zh, en, version, len(shown), must, is_sheet, words)


def _laid(store: LocalStore, kind: type[Record], code: str) -> Specs:
    layouts, named = layouts_here(store, kind), {"template_id": code}
    return layouts.of({**named, **begun_by(layouts, named)})


def _custom_out(asked: Specs) -> frozenset[str]:
    """An organisation's own fields that this version does not ask for: the next one may."""
    return frozenset(name for name, spec in asked.items() if name.startswith("custom.") and spec.control == "hidden")


def _level(spec: FieldSpec, code: str) -> str:
    if spec.control == "hidden":
        return "off"
    return "must" if code in spec.asked.must else "soft" if code in spec.asked.soft else "none"


def _versions(store: LocalStore) -> list[View]:
    return store.find(KIND, {"entity": "customer"})


def _number(fields: Fields) -> int:
    version = fields.get("version")
    return version if isinstance(version, int) else FIRST_VERSION


def _base(store: LocalStore, code: str) -> str:
    built_in = BUILT_IN.get(("customer", code))
    own = [str(view.fields.get("base")) for view in _versions(store) if view.fields.get("key") == code]
    return built_in.base if built_in else own[-1] if own else "quick"
