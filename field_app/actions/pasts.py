"""The past of one field: who put what there, when, on which device. What this device knows, or all the server has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import JsonValue

from field_app.actions.declared import specs_here
from field_app.actions.edits import wanted
from field_app.actions.everybody import Names, names_in
from field_app.actions.names import name_of
from field_app.entry import Entry
from field_app.local_store import LocalStore
from visit_core.errors import NotFound
from visit_core.fields import FieldSpec, parted
from visit_core.ids import SERVER
from visit_core.kinds import kind_named
from visit_core.protocol import FieldPast, FieldStep
from visit_core.shapes import Reference
from visit_core.stamp import instant_of

State = Literal["", "waiting", "refused", "overruled", "before"]
"""What became of a value: nothing to tell; not yet sent; refused; another one stood; only known to have stood once."""


@dataclass(frozen=True, slots=True)
class FieldOf:
    """One field of one record."""

    kind: str
    record: str
    field: str


@dataclass(frozen=True, slots=True)
class Step:
    """One value that stood in the field, or was to."""

    name: str  # of the register: `mobile`, `tags.vip`
    value: JsonValue
    at: str  # an instant; of a value `before`, until when it may have stood
    by: str = ""  # empty where nobody here knows
    is_mine: bool = False
    device: str = ""  # what it calls itself
    is_this_device: bool = False
    state: State = ""


@dataclass(frozen=True, slots=True)
class Past:
    """All that is known of a field, the latest first; and of the record, who made and who changed it last."""

    spec: FieldSpec
    steps: tuple[Step, ...]
    is_whole: bool  # the server has told all it has
    created: tuple[str, str]  # by whom, when
    changed: tuple[str, str]
    name_by_id: Mapping[str, str]  # of the records that stood in the field
    today: date


def known_here(store: LocalStore, which: FieldOf) -> Past:
    """What this device knows: its own changes, conflicts, what a sync replaced. NotFound: no such field or record."""
    names = names_in(store)
    mine = _mine(which, store.made_here(which.kind, which.record), names)
    disputed = [step for step in _disputed(store, which, names) if not _is_told(step, mine)]
    told = [*mine, *disputed]
    before = [
        step for step in _before(store, which) if (step.name, step.value) not in {(s.name, s.value) for s in told}
    ]
    return _past(store, which, [*told, *before], names, is_whole=False)


def told_by_server(store: LocalStore, which: FieldOf, answer: FieldPast) -> Past:
    """All the server has, and on top what this device has not yet brought there."""
    names = names_in(store)
    open_here = [entry for entry in store.made_here(which.kind, which.record) if not _is_with_server(entry)]
    unsent = _mine(which, open_here, names)
    told = [_step_of(store, step, names) for step in answer.steps]
    return _past(store, which, [*unsent, *told], names, is_whole=True)


def _past(store: LocalStore, which: FieldOf, steps: Iterable[Step], names: Names, *, is_whole: bool) -> Past:
    """`steps` come the latest first, so that those of one moment keep their order."""
    spec = specs_here(store, kind_named(which.kind)).get(which.field)
    if spec is None:
        raise NotFound("not_found", field=which.field)
    said = wanted(store, which.kind, which.record).fields
    ordered = tuple(sorted(steps, key=lambda step: step.at, reverse=True))
    return Past(
        spec=spec,
        steps=ordered,
        is_whole=is_whole,
        created=(names.get(str(said.get("created_by")), ""), str(said.get("created_at") or "")),
        changed=(names.get(str(said.get("updated_by")), ""), str(said.get("updated_at") or "")),
        name_by_id=_named(store, spec, ordered),
        today=store.moment().today,
    )


def _mine(which: FieldOf, entries: Sequence[Entry], names: Names) -> list[Step]:
    return [
        _own(name, value, entry, names)
        for entry in reversed(entries)
        for name, value in entry.fields.items()
        if parted(name)[0] == which.field
    ]


def _is_with_server(entry: Entry) -> bool:
    return entry.error is None and (entry.is_settled or entry.received_ms is not None)


def _own(name: str, value: JsonValue, entry: Entry, names: Names) -> Step:
    waits: State = "" if _is_with_server(entry) else "waiting"
    state: State = "refused" if entry.error else waits
    by = names.get(entry.by, "")
    return Step(name, value, instant_of(entry.at), by, is_mine=True, is_this_device=True, state=state)


def _disputed(store: LocalStore, which: FieldOf, names: Names) -> list[Step]:
    """Both values of each conflict about the field."""
    steps = []
    for conflict in store.find("conflict", {"record_id": which.record}):
        told = conflict.fields
        if parted(str(told.get("field")))[0] == which.field:
            steps += [_side(store, told, side, names) for side in ("winner", "loser")]
    return steps


def _side(store: LocalStore, told: Mapping[str, JsonValue], side: str, names: Names) -> Step:
    by, device = str(told.get(f"{side}_by") or ""), str(told.get(f"{side}_device") or "")
    return Step(
        name=str(told.get("field")),
        value=told.get(f"{side}_value"),
        at=str(told.get(f"{side}_at") or ""),
        by=names.get(by, ""),
        is_mine=by == store.me.person,
        device=device,
        is_this_device=device == store.me.device,
        state="overruled" if side == "loser" else "",
    )


def _is_told(step: Step, mine: Iterable[Step]) -> bool:
    return step.is_this_device and step.state != "overruled" and any(step.value == each.value for each in mine)


def _before(store: LocalStore, which: FieldOf) -> list[Step]:
    earlier = store.before(which.kind, which.record)
    return [
        Step(name, each.value, each.until, state="before")
        for name, each in earlier.items()
        if parted(name)[0] == which.field and each.value is not None
    ]


def _step_of(store: LocalStore, step: FieldStep, names: Names) -> Step:
    return Step(
        name=step.name,
        value=step.value,
        at=step.at,
        by=names.get(step.by, ""),
        is_mine=step.by == store.me.person,
        device=step.device if step.device == SERVER else step.device_name or step.device,
        is_this_device=step.device == store.me.device,
        state="overruled" if step.is_overruled else "",
    )


def _named(store: LocalStore, spec: FieldSpec, steps: Iterable[Step]) -> Mapping[str, str]:
    if not isinstance(spec.shape, Reference):
        return {}
    kind = spec.shape.kind
    return {str(step.value): name_of(store, kind, str(step.value)) for step in steps if step.value}
