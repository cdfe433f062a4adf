"""Whether registers are in canonical form already, told at once.

`read_registers` asks each field's shape in turn. What a phone of ours sends, it has read itself, so nearly always there
is nothing left to read; a compiled validator sees that in a tenth of the time. It says yes only where reading would
give back every value as it is. A no means nothing: then the shapes are asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from pydantic import JsonValue
from pydantic_core import SchemaValidator
from pydantic_core import core_schema as cs

from visit_core.fields import FieldSpec, Specs, fields_of, parted
from visit_core.kinds import known
from visit_core.merge import DELETED
from visit_core.registers import group_of
from visit_core.shapes import (
    Amount,
    Day,
    Degrees,
    Division,
    Fix,
    Line,
    Mobile,
    Moment,
    Name,
    OneOf,
    OneOfOrOwn,
    Passage,
    Reference,
    SetOf,
    Shape,
    When,
    Whole,
    YesNo,
)
from visit_core.stamp import instant
from visit_core.words import MAX_WHOLE

SIGNS = "!-~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u3001-\u301f\u4e00-\u9fa5\uff01-\uff5e"
"""Signs that are seen, are no blanks and are kept as they are, as ranges of a pattern; there are others."""

_LINE = f"^[{SIGNS}](?:[{SIGNS} ]*[{SIGNS}])?$"
_NAME = f"^(?:[{SIGNS}][{SIGNS} ]*)?[A-Za-z\u4e00-\u9fa5](?:[{SIGNS} ]*[{SIGNS}])?$"
_PASSAGE = f"^[{SIGNS} \n]*[{SIGNS}][{SIGNS} \n]*$"
_DAY = (
    "(?:19(?:0[1-9]|[1-9][0-9])|2[01][0-9]{2})-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_INSTANT = rf"{_DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{{3}}Z"
_WHOLE = cs.int_schema(strict=True, ge=-MAX_WHOLE, le=MAX_WHOLE)
_NUMBER = cs.float_schema(strict=True, ge=-MAX_WHOLE, le=MAX_WHOLE, allow_inf_nan=False)
_SWITCH = cs.bool_schema(strict=True)


@dataclass(frozen=True, slots=True)
class _Form:
    """What the fields of one kind look like in canonical form."""

    plain: Specs
    several: Specs
    values: SchemaValidator
    past: tuple[tuple[str, Callable[[Moment], str]], ...]  # fields that may not lie ahead, and the latest of each


def is_canonical(kind_name: str, registers: Mapping[str, JsonValue], moment: Moment) -> bool:
    """Whether `read_registers` gives back exactly these at that moment."""
    form = _form_of(kind_name)
    if form is None or not _are_known(kind_name, tuple(registers)) or not form.values.isinstance_python(registers):
        return False
    return not form.past or all([str(registers.get(name, "")) <= latest(moment) for name, latest in form.past])  # noqa: C419


@lru_cache(maxsize=256)
def _form_of(kind_name: str) -> _Form | None:
    kind = known(kind_name)
    if kind is None:
        return None
    specs = fields_of(kind)
    forms = {name: _form(spec.shape) for name, spec in specs.items() if not spec.has_members and name != DELETED}
    plain = {name: form for name, form in forms.items() if form is not None}
    values = cs.typed_dict_schema(
        {name: cs.typed_dict_field(form, required=False) for name, form in plain.items()},
        extra_behavior="allow",
        extras_schema=cs.union_schema([_WHOLE, _SWITCH]),  # the members of sets
    )
    several = {name: spec for name, spec in specs.items() if spec.has_members}
    past = [(name, _LATEST[type(specs[name].shape)]) for name in plain if _is_past(specs[name])]
    return _Form({name: specs[name] for name in plain}, several, SchemaValidator(values), tuple(past))


@lru_cache(maxsize=4096)
def _are_known(kind_name: str, names: tuple[str, ...]) -> bool:
    """Whether all are fields of a form that we can tell, or members of sets; and groups are whole."""
    form = _form_of(kind_name)
    if form is None:
        return False
    for name in names:
        if name in form.plain:
            if not set(group_of(kind_name, name)) <= {*names}:
                return False
        elif not _is_member(form.several, name):
            return False
    return True


def _is_member(several: Specs, register: str) -> bool:
    name, member = parted(register)
    shape = several[name].shape if name in several else None
    if not member or not isinstance(shape, SetOf):
        return False
    form = _form(shape.member)
    return form is not None and SchemaValidator(form).isinstance_python(member)


def _form(shape: Shape) -> cs.CoreSchema | None:
    """Values that the shape gives back as they are; None for a shape that is always asked."""
    made = _FORMS.get(type(shape))
    return made(shape) if made else None


def _text(pattern: str, most: int | None = None, least: int | None = None) -> cs.CoreSchema:
    return cs.str_schema(strict=True, pattern=pattern, max_length=most, min_length=least)


def _choice(shape: Any) -> cs.CoreSchema:
    choices = [*shape.picklist.choices, *shape.picklist.retired]
    return cs.literal_schema([one.code for one in choices if shape.picklist.code_of(one.code) == one.code])


def _money(shape: Any) -> cs.CoreSchema | None:
    """Short enough to be below the most."""
    digits = len(shape.most.partition(".")[0]) - 2
    if not shape.money or shape.least != "0" or shape.places < 2 or digits < 0:
        return None
    return _text(rf"^[1-9][0-9]{{0,{digits}}}\.[0-9]{{2}}$" if digits else r"^[1-9]\.[0-9]{2}$")


def _degrees(shape: Any) -> cs.CoreSchema:
    return cs.chain_schema([cs.is_instance_schema(float), cs.float_schema(ge=-shape.most, le=shape.most)])


def _fix(_: Any) -> cs.CoreSchema:
    of_degrees = {"lat": 90, "lng": 180}
    told = {"acc": _NUMBER, "age": _NUMBER, "mock": _SWITCH, "provider": _text(_LINE), "sys": _text(_LINE)}
    parts = {name: cs.typed_dict_field(form, required=False) for name, form in told.items()}
    parts |= {
        name: cs.typed_dict_field(cs.float_schema(strict=True, ge=-most, le=most, allow_inf_nan=False))
        for name, most in of_degrees.items()
    }
    return cs.typed_dict_schema(parts, extra_behavior="forbid")


_FORMS: Mapping[type[Any], Callable[[Any], cs.CoreSchema | None]] = {
    Amount: _money,
    Day: lambda _: _text(f"^{_DAY}$"),
    Degrees: _degrees,
    Division: lambda shape: _text(rf"^[0-9]{{{shape.digits}}}$"),
    Fix: _fix,
    Line: lambda shape: _text(_LINE, shape.limit, shape.least),
    Mobile: lambda _: _text(r"^\+861[3-9][0-9]{9}$"),
    Name: lambda shape: _text(_NAME, shape.limit, shape.least),
    OneOf: _choice,
    OneOfOrOwn: _choice,
    Passage: lambda shape: _text(_PASSAGE, shape.limit),
    Reference: lambda _: _text("^[0-9a-f]{32}$"),
    When: lambda _: _text(f"^{_INSTANT}$"),
    Whole: lambda shape: cs.int_schema(strict=True, ge=shape.least, le=shape.most),
    YesNo: lambda _: _SWITCH,
}


@lru_cache(maxsize=16)
def _last_instant(moment: Moment) -> str:
    return instant(moment.now_ms + moment.slack_days * 86_400_000)


@lru_cache(maxsize=16)
def _last_day(moment: Moment) -> str:
    return (moment.today + timedelta(days=moment.slack_days)).isoformat()


_LATEST: Mapping[type[Any], Callable[[Moment], str]] = {When: _last_instant, Day: _last_day}
"""A little earlier than the shapes allow does no harm."""


def _is_past(spec: FieldSpec) -> bool:
    return isinstance(spec.shape, When | Day) and spec.shape.past
