"""What was written into a merged customer after the merge, by somebody who did not know of it: kept, told, and taken
over into the one that is left, or set aside."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.comparing import key_of, members, mergeable
from field_app.actions.declared import specs_here
from field_app.actions.edits import checked, correction, wanted
from field_app.actions.merging import refuse_others, seen_entry, seen_in
from field_app.actions.stages import STAGE
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from field_app.survivors import CUSTOMER, MERGE
from visit_core.errors import NotFound
from visit_core.fields import FieldSpec, Specs
from visit_core.kinds.customer import Customer


@dataclass(frozen=True, slots=True)
class Late:
    """One field of a merged customer that says something else than at the merge, and than the one that is left."""

    merge: str  # id of what was said
    other: str  # id of the merged customer
    spec: FieldSpec
    value: JsonValue  # of a list, only the members that are new
    stands: JsonValue  # what the one that is left says


def late_at(store: LocalStore, customer: str) -> tuple[Late, ...]:
    """Everything that came late, in the order of the form."""
    left, *others = store.survivors.family(customer)
    view = store.itself(CUSTOMER, left) if others else None
    return tuple(late for other in others for late in _late(store, view, other)) if view else ()


def take_late(store: LocalStore, customer: str, other: str, field: str) -> None:
    """Put it into the one that is left; NotFound where nothing of that field came late."""
    late = _one(store, customer, other, field)
    view = wanted(store, CUSTOMER, customer)
    value = [*members(view.fields.get(field)), *members(late.value)] if late.spec.has_members else late.value
    store.keep(correction(store, view, {field: value}))


def set_aside(store: LocalStore, customer: str, other: str, field: str) -> None:
    """It was looked at and is not wanted; it stays with the merged customer. For supervisors."""
    refuse_others(store)
    late = _one(store, customer, other, field)
    said, merged = wanted(store, MERGE, late.merge), store.itself(CUSTOMER, other)
    nothing = seen_entry(field, kept=late.stands, other=None, now=late.stands)
    known = next((each for each in seen_in(said.fields) if each["field"] == field), nothing)
    looked_at: dict[str, JsonValue] = {**known, "other": merged.fields.get(field) if merged else None}
    store.keep(checked(store, Edit("set", MERGE, said.id, {f"seen.{known['id']}": looked_at})))


def _one(store: LocalStore, customer: str, other: str, field: str) -> Late:
    found = (late for late in late_at(store, customer) if late.other == other and late.spec.name == field)
    late = next(found, None)
    if late is None:
        raise NotFound("not_found", field=field)
    return late


def _late(store: LocalStore, left: View, other: str) -> Iterator[Late]:
    merged, said = store.itself(CUSTOMER, other), _said_of(store, other)
    if merged is None or said is None:
        return
    known = {str(each["field"]): each["other"] for each in seen_in(said.fields)}
    specs = specs_here(store, Customer)
    for name in _set_by_people(specs):
        value = _new(specs[name], merged.fields.get(name), known.get(name), left.fields.get(name))
        if value not in (None, "", []):
            yield Late(said.id, other, specs[name], value, left.fields.get(name))


def _set_by_people(specs: Specs) -> list[str]:
    """Without the stage, which the rule moves with every visit."""
    return [name for name in mergeable(specs) if name != STAGE]


def _new(spec: FieldSpec, now: JsonValue, then: JsonValue, stands: JsonValue) -> JsonValue:
    if not spec.has_members:
        return None if now in (then, stands) else now
    known = {key_of(spec, one) for one in (*members(then), *members(stands))}
    return [one for one in members(now) if key_of(spec, one) not in known]


def _said_of(store: LocalStore, other: str) -> View | None:
    """The last merge of that customer; its word on both sides is the freshest."""
    told = [view for view in store.find(MERGE, {"other_id": other}) if view.fields.get("state") == "merged"]
    return max(told, key=lambda view: (str(view.fields.get("decided_at")), view.id), default=None)
