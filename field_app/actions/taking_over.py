"""Lines whose label became a field: offered to be taken over by whoever has the records."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.declared import custom_here
from field_app.actions.edits import checked, correction
from field_app.actions.extra_lines import FIELD, USE, lines_of, with_label_uses
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.columns import folded
from visit_core.errors import NotAllowed, NotValid
from visit_core.fields import FieldSpec
from visit_core.rules.rights import check_write
from visit_core.shapes.lines import LABEL

ENTITIES = ("customer", "visit")
"""The kinds that have lines of one's own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One field, and how many records say in a line what it asks for."""

    entity: str
    spec: FieldSpec
    ready: int
    left: int  # lines that cannot be read as the field's value, or whose field says something already


def load(store: LocalStore, _about: str = "") -> tuple[Offer, ...]:
    """All offers for this person, in the order of the forms."""
    return tuple(offer for entity in ENTITIES for offer in _offers(store, entity) if offer.ready)


def take_over(store: LocalStore, entity: str, field: str) -> int:
    """Put what the lines say into the field and take these lines away: one commit. Gives how many."""
    spec = custom_here(store, entity)[field]
    found = [(view, given) for view, given in _lines(store, entity, spec) if given is not None]
    edits = [_moved(store, view, spec, given) for view, given in found]
    if edits:
        store.keep(*with_label_uses(store, edits))
    return len(edits)


def _offers(store: LocalStore, entity: str) -> Iterator[Offer]:
    for spec in custom_here(store, entity).values():
        if spec.control != "hidden" and _may_fill(store, entity, spec):
            read = [given is not None for _, given in _lines(store, entity, spec)]
            yield Offer(entity, spec, sum(read), len(read) - sum(read))


def _may_fill(store: LocalStore, entity: str, spec: FieldSpec) -> bool:
    try:
        check_write(entity, {spec.name: None}, store.me.role, custom=custom_here(store, entity))
    except NotAllowed:
        return False
    return True


def _lines(store: LocalStore, entity: str, spec: FieldSpec) -> Iterator[tuple[View, JsonValue]]:
    """Each record with such a line, and the value to put into the field; None where there is none to put."""
    asked = {folded(spec.asked.zh), folded(spec.asked.en)}
    uses = [view.fields for view in store.find(USE, {"entity": entity})]
    about = dict.fromkeys(str(use.get("record")) for use in uses if folded(str(use.get("word"))) in asked)
    for record in about:
        view = store.view(entity, record)
        if view is not None and not view.is_deleted and (label := _label_in(view, asked)):
            yield view, _value(store, view, spec, label)


def _label_in(view: View, asked: set[str]) -> str:
    return next((label for label in lines_of(view.fields.get(FIELD)) if folded(label) in asked), "")


def _value(store: LocalStore, view: View, spec: FieldSpec, label: str) -> JsonValue:
    if view.fields.get(spec.name) not in (None, "", []):
        return None
    try:
        return spec.read(lines_of(view.fields.get(FIELD))[label], store.moment())
    except NotValid:
        return None


def _moved(store: LocalStore, view: View, spec: FieldSpec, given: JsonValue) -> Edit:
    label = _label_in(view, {folded(spec.asked.zh), folded(spec.asked.en)})
    lines = view.fields.get(FIELD)
    kept: list[JsonValue] = [each for each in lines if _label(each) != label] if isinstance(lines, list) else []
    return checked(store, correction(store, view, {spec.name: given, FIELD: kept}))


def _label(line: JsonValue) -> str:
    return str(line.get(LABEL)) if isinstance(line, dict) else ""
