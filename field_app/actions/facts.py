"""What is known of a record, field by field, as far as a form would ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import JsonValue

from field_app.actions.names import name_of
from field_app.local_store import LocalStore
from visit_core.fields import NO_CUSTOM, Fields, FieldSpec, Section, Specs, fields_of
from visit_core.kinds import kind_named
from visit_core.rules.reviewing import REVIEW_GROUP
from visit_core.shapes import Reference

UNTOLD = {"template_id"}


OF_REVIEW = frozenset(REVIEW_GROUP)
"""A verdict stands where the review does, and is no fact among others."""

LockedTo = Literal["", "supervisor", "admin"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One field that is filled in, with its canonical value; `locked_to` names who alone may change it."""

    spec: FieldSpec
    value: JsonValue
    locked_to: LockedTo = ""

    @property
    def section(self) -> Section:
        """Where it stands."""
        return self.spec.asked.section


def facts_of(kind: str, fields: Fields, custom: Specs = NO_CUSTOM, *, role: str = "rep") -> tuple[Fact, ...]:
    """Every field that people fill in and that is filled, in the order of the declaration.

    What is locked for somebody of that role is told with the lock; what is sensitive and locked is not told at all.
    """
    specs = (*fields_of(kind_named(kind)).values(), *custom.values())
    asked = (spec for spec in specs if spec.control != "hidden" and spec.name not in UNTOLD | OF_REVIEW)
    present = (Fact(spec, fields.get(spec.name), locked_to(spec, role)) for spec in asked)
    return tuple(
        fact
        for fact in present
        if fact.value not in (None, "", []) and not (fact.locked_to and fact.spec.asked.sensitive)
    )


def locked_to(spec: FieldSpec, role: str) -> LockedTo:
    """Who alone may change a field that somebody of that role may not."""
    match spec.asked.writer:
        case "supervisor" if role != "supervisor":
            return "supervisor"
        case "server":
            return "admin"
    return ""


def unlocked(specs: Specs, role: str) -> Specs:
    """The fields of a form as somebody of that role fills it in: a supervisor's own are asked of a supervisor."""
    mine = {
        name: replace(spec, asked=replace(spec.asked, writer="anyone"))
        for name, spec in specs.items()
        if role == "supervisor" and spec.asked.writer == "supervisor" and name not in OF_REVIEW
    }
    return {**specs, **mine} if mine else specs


def empty_of(specs: Specs, fields: Fields) -> tuple[FieldSpec, ...]:
    """Every field that a form asks for and in which nothing stands."""
    asked = (spec for spec in specs.values() if spec.control != "hidden" and spec.asked.writer == "anyone")
    return tuple(spec for spec in asked if spec.name not in UNTOLD and fields.get(spec.name) in (None, "", []))


def names_of(store: LocalStore, kind: str, fields: Fields) -> Mapping[str, str]:
    """What the records are called that a record refers to, by their ids."""
    specs = fields_of(kind_named(kind))
    named = (
        (str(fields[name]), name_of(store, spec.shape.kind, str(fields[name])))
        for name, spec in specs.items()
        if isinstance(spec.shape, Reference) and fields.get(name)
    )
    return {record: name for record, name in named if name}
