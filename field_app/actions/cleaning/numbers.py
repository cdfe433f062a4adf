"""Telephone numbers that are not written as all others are, or are none."""

from collections.abc import Iterator

from pydantic import JsonValue

from field_app.actions.cleaning.finding import Finding, Register, respelled
from visit_core import phones
from visit_core.errors import NotValid
from visit_core.fields import Fields
from visit_core.shapes import AnyPhone, Landline, Mobile

OTHERS = "phones_extra"


def found(_id: str, fields: Fields, register: Register) -> Iterator[Finding]:
    """Every number in its own field, and the other numbers as one."""
    for name, spec in register.specs.items():
        said = fields.get(name)
        if isinstance(spec.shape, Mobile | AnyPhone | Landline) and isinstance(said, str) and said:
            yield from _one(name, said)
    yield from _others(fields.get(OTHERS))


def _one(name: str, said: str) -> Iterator[Finding]:
    try:
        better = phones.standard(said)
    except NotValid as refused:
        yield Finding(name, error=refused.at(name), said=said)
    else:
        if better != said:
            yield respelled(name, said, better)


def _others(said: JsonValue) -> Iterator[Finding]:
    """A number abroad has no form that we know: it stays as it is, and is no fault."""
    entries = [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []
    better: list[JsonValue] = [{**each, "number": _respelled(str(each.get("number") or ""))} for each in entries]
    if entries and better != entries:
        says = "、".join(str(each["number"]) for each in better if isinstance(each, dict))
        was = "、".join(str(each.get("number") or "") for each in entries)
        yield Finding(OTHERS, why="respelled", said=was, says=says, better=better)


def _respelled(number: str) -> str:
    try:
        return phones.digits(phones.standard(number))
    except NotValid:
        return number
