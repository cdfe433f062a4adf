"""How complete a record is: which fields its template still asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import NO_CUSTOM, Fields, FieldSpec, Specs, fields_of
from visit_core.kinds import kind_named, known
from visit_core.shapes import KindName

DEFAULT_TEMPLATE = "quick"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a record's template says of it."""

    status: Literal["incomplete", "complete"]
    completeness: int  # percent of the fields that the template asks for, must and soft
    missing: tuple[str, ...]  # fields the record must have and has not


def profile(kind_name: str, fields: Fields, custom: Specs = NO_CUSTOM) -> Profile:
    """How complete a record of that kind is, by its own template; `custom` are the organisation's own fields."""
    template = str(fields.get("template_id") or DEFAULT_TEMPLATE)
    specs = {**fields_of(kind_named(kind_name)), **custom}
    asked = [spec for spec in specs.values() if _is_asked(spec, template, fields)]
    filled = [spec for spec in asked if _is_filled(fields.get(spec.name))]
    missing = tuple(s.name for s in asked if template in s.asked.must and s not in filled)
    percent = 100 * len(filled) // len(asked) if asked else 100
    return Profile("incomplete" if missing else "complete", percent, missing)


def flaws(kind_name: str, fields: Fields, today: date, custom: Specs = NO_CUSTOM) -> Iterator[NotValid]:
    """Why the record cannot be kept as it is on that day: fields that must be there, rules between fields."""
    kind = kind_named(kind_name)
    if not kind.saved_incomplete:
        for name in profile(kind_name, fields, custom).missing:
            yield _required(name, custom)
    yield from kind.flaws(fields)
    yield from kind.flaws_on(fields, today)
    for spec in fields_of(kind).values():
        if isinstance(spec.shape, KindName) and fields.get(spec.name) and not known(str(fields[spec.name])):
            yield NotValid("no_such_kind", field=spec.name)


def _required(name: str, custom: Specs) -> NotValid:
    refusal = NotValid("required", field=name)
    return refusal.called(custom[name].asked.zh, custom[name].asked.en) if name in custom else refusal


def _is_asked(spec: FieldSpec, template: str, fields: Fields) -> bool:
    asked = spec.asked
    if asked.shown_if and not asked.shown_if.holds(fields):
        return False
    return template in asked.must or template in asked.soft


def _is_filled(value: JsonValue) -> bool:
    return value is not None and value not in ("", [])
