"""How a form is laid out: which fields it asks for, in which order, how urgently; by template and by version.

A template is one of ours or a published `form_template` record. A record keeps the template and version it was
made by, so a later version asks nothing more of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import JsonValue

from visit_core.fields import CUSTOM, SECTIONS, Entered, Fields, FieldSpec, Section, Specs
from visit_core.picklists import SECTION

Level = Literal["must", "soft", "none", "off"]
LEVELS: Mapping[str, Level] = {"must": "must", "soft": "soft", "none": "none", "off": "off"}
FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """One field in a template."""

    field: str
    level: Level | None = None  # None: as its declaration says
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """One version of one template of one kind; what it does not list is as in `base`, or not shown at all."""

    code: str
    version: int
    base: str
    fields: tuple[Placed, ...] = ()
    only_listed: bool = False


def _sheet(code: str, base: str, **fields_by_kind: str) -> dict[tuple[str, str], Layout]:
    """A template that asks for these fields alone; `!` behind a field that must be filled, `?` behind one wanted."""
    levels: dict[str, Level] = {"!": "must", "?": "soft"}
    return {
        (kind, code): Layout(
            code,
            FIRST_VERSION,
            base,
            tuple(Placed(word.rstrip("!?"), levels.get(word[-1], "none")) for word in words.split()),
            only_listed=True,
        )
        for kind, words in fields_by_kind.items()
    }


BUILT_IN: Mapping[tuple[str, str], Layout] = {
    **_sheet(
        "management_sheet",
        "standard",
        customer="name! gender age mobile! email! address_detail company_name? position customer_type is_key_contact"
        " grade_manual grade_reason remark",
        purchase="customer_id! purchase_date! product_name! quantity! amount!",
        contact_record="customer_id! contact_at! content! result",
    ),
    **_sheet(
        "data_sheet",
        "standard",
        customer="name! mobile! landline email? address_detail? postal_code company_name position customer_type tags"
        " remark",
        purchase="customer_id! purchase_date! product_name! quantity? amount? payment_method feedback",
        contact_record="customer_id! contact_at! kind channel topic content? result customer_feedback",
    ),
    **_sheet(
        "directory_sheet",
        "standard",
        customer="name! customer_kind mobile! email? wechat_id address_detail? company_name position decision_role"
        " industry customer_source interests customer_type purchase_power willingness grade_manual grade_reason remark",
        purchase="customer_id! purchase_date! product_name! quantity amount?",
        contact_record="customer_id! contact_at! kind channel topic content? result",
    ),
    **_sheet(
        "door_sheet",
        "quick",
        customer="name! mobile! email? address_detail? purchase_intention interests remark",
        purchase="customer_id! purchase_date! product_name! feedback",
        contact_record="customer_id! contact_at! channel topic content result",
    ),
}
"""The four forms of the source articles, by kind and code."""


class Layouts:
    """The forms of one kind: ask with a record's fields what its form asks for."""

    def __init__(self, kind_name: str, specs: Specs, told: Iterable[Fields]) -> None:
        """`specs` are the declared and the organisation's own fields, `told` its form templates."""
        mine = [one for one in told if one.get("entity") == kind_name and one.get("status") in ("published", "retired")]
        published = [one for one in mine if one.get("status") == "published"]
        own = {(layout.code, layout.version): layout for layout in map(_layout, mine)}
        built_in = {(code, one.version): one for (kind, code), one in BUILT_IN.items() if kind == kind_name}
        self._layouts = {**built_in, **own}
        self._in_force = dict(sorted(map(_name, published)))
        self._specs = specs
        self._dated = {placed.field for layout in own.values() for placed in layout.fields} & _custom(specs)
        self._made: dict[tuple[str, int], Specs] = {}

    def version_in_force(self, code: str) -> int | None:
        """The version that a new record is made by; None where nobody published one."""
        return self._in_force.get(code)

    def of(self, fields: Fields) -> Specs:
        """The fields of the form that a record was made by, in order; what is filled in is never hidden."""
        code, version = str(fields.get("template_id") or "quick"), fields.get("template_version")
        name = code, version if isinstance(version, int) else FIRST_VERSION
        if name not in self._made:
            self._made[name] = self._laid(name)
        laid = self._made[name]
        hidden = {n for n, spec in laid.items() if spec.control == "hidden" and spec is not self._specs[n]}
        shown = {n: self._specs[n] for n in hidden if n in fields and fields[n] not in (None, "", [])}
        return {**laid, **shown} if shown else laid

    def _laid(self, name: tuple[str, int]) -> Specs:
        code, _ = name
        layout = self._layouts.get(name, Layout(code, FIRST_VERSION, code))
        placed = {one.field: one for one in layout.fields if one.field in self._specs}
        order = [*placed, *(n for n in self._specs if n not in placed)] if placed else list(self._specs)
        return {n: self._placed(self._specs[n], layout, placed.get(n)) for n in order}

    def _placed(self, spec: FieldSpec, layout: Layout, placed: Placed | None) -> FieldSpec:
        if placed is None:
            is_later = spec.name in self._dated
            is_left_out = layout.only_listed and spec.name not in Entered.model_fields
            return _hidden(spec, layout.code) if is_later or is_left_out else _levelled(spec, layout, None)
        return _hidden(spec, layout.code) if placed.level == "off" else _levelled(spec, layout, placed)


def _custom(specs: Specs) -> set[str]:
    return {name for name in specs if name.startswith(f"{CUSTOM}.")}


def _hidden(spec: FieldSpec, code: str) -> FieldSpec:
    must, soft = spec.asked.must - {code}, spec.asked.soft - {code}
    return replace(spec, asked=replace(spec.asked, must=must, soft=soft, control="hidden"))


def _levelled(spec: FieldSpec, layout: Layout, placed: Placed | None) -> FieldSpec:
    asked, code = spec.asked, layout.code
    declared: Level = "must" if layout.base in asked.must else "soft" if layout.base in asked.soft else "none"
    level = (placed and placed.level) or declared
    must = (asked.must - {code}) | ({code} if level == "must" else set())
    soft = (asked.soft - {code}) | ({code} if level == "soft" else set())
    section = (placed and placed.section) or asked.section
    if (must, soft, section) == (asked.must, asked.soft, asked.section):
        return spec
    return replace(spec, asked=replace(asked, must=must, soft=soft, section=section))


def _name(told: Fields) -> tuple[str, int]:
    version = told.get("version")
    return str(told.get("key")), version if isinstance(version, int) else FIRST_VERSION


def _layout(told: Fields) -> Layout:
    code, version = _name(told)
    listed = told.get("fields")
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    only = told.get("only_listed") is True
    return Layout(code, version, str(told.get("base") or "quick"), tuple(map(_entry, entries)), only)


def _entry(entry: Mapping[str, JsonValue]) -> Placed:
    section = SECTION.code_of(str(entry.get("section") or ""))
    level = LEVELS.get(str(entry.get("required_level")))
    return Placed(str(entry.get("field")), level, SECTIONS.get(section) if section else None)
