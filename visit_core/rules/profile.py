"""How complete a record is: which fields its template still asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import FieldSpec, fields_of
from visit_core.kinds import kind_named

DEFAULT_TEMPLATE = "quick"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a record's template says of it."""

    status: Literal["incomplete", "complete"]
    completeness: int  # percent of the fields that the template asks for, must and soft
    missing: tuple[str, ...]  # fields the record must have and has not


def profile(kind_name: str, fields: Mapping[str, JsonValue]) -> Profile:
    """How complete a record of that kind is, by its own template."""
    template = str(fields.get("template_id") or DEFAULT_TEMPLATE)
    asked = [spec for spec in fields_of(kind_named(kind_name)).values() if _is_asked(spec, template)]
    filled = [spec for spec in asked if _is_filled(fields.get(spec.name))]
    missing = tuple(s.name for s in asked if template in s.asked.must and s not in filled)
    percent = 100 * len(filled) // len(asked) if asked else 100
    return Profile("incomplete" if missing else "complete", percent, missing)


def flaws(kind_name: str, fields: Mapping[str, JsonValue]) -> Iterator[NotValid]:
    """Why the record cannot be kept as it is: fields that must be there, rules between fields."""
    kind = kind_named(kind_name)
    if not kind.saved_incomplete:
        for name in profile(kind_name, fields).missing:
            yield NotValid("required", field=name)
    yield from kind.flaws(fields)


def _is_asked(spec: FieldSpec, template: str) -> bool:
    return template in spec.asked.must or template in spec.asked.soft


def _is_filled(value: JsonValue) -> bool:
    return value is not None and value not in ("", [])
