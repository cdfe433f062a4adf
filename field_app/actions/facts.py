"""What is known of a record, field by field, as far as a form would ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.names import name_of
from field_app.local_store import LocalStore
from visit_core.fields import NO_CUSTOM, Fields, FieldSpec, Section, Specs, fields_of
from visit_core.kinds import kind_named
from visit_core.shapes import Reference

UNTOLD = {"template_id"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One field that is filled in, with its canonical value."""

    spec: FieldSpec
    value: JsonValue

    @property
    def section(self) -> Section:
        """Where it stands."""
        return self.spec.asked.section


def facts_of(kind: str, fields: Fields, custom: Specs = NO_CUSTOM) -> tuple[Fact, ...]:
    """Every field that people fill in and that is filled, in the order of the declaration."""
    specs = (*fields_of(kind_named(kind)).values(), *custom.values())
    asked = (spec for spec in specs if spec.control != "hidden" and spec.asked.writer == "anyone")
    present = (Fact(spec, fields.get(spec.name)) for spec in asked if spec.name not in UNTOLD)
    return tuple(fact for fact in present if fact.value not in (None, "", []))


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
