"""Cells that a workbook changed, set back to what they were; one that somebody has changed since stays as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from field_app.actions.declared import specs_here
from field_app.actions.records import edits_alone
from field_app.drawing import View
from field_app.exchanges import ChangedField, Import
from field_app.lent_books import Taken
from field_app.local_store import Edit, LocalStore
from visit_core.errors import NotAllowed, NotValid
from visit_core.fields import parted
from visit_core.kinds import kind_named
from visit_core.registers import group_of

Place = tuple[str, str]
"""Record and field of one cell."""

_NOTHING: tuple[JsonValue, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class SetBack:
    """The edits that set cells back, of each record its own, without what they make of stages.

    `stay` are cells that somebody has changed since.
    """

    edits: list[list[Edit]] = field(default_factory=list)
    done: list[Place] = field(default_factory=list)
    stay: list[Place] = field(default_factory=list)


def setting_back(store: LocalStore, made: Import) -> SetBack:
    """What sets the cells of an import back by fresh changes. Nothing is kept."""
    back, own = SetBack(), _own_since(store, made)
    for record, changed in made.changed.items():
        view = store.itself(made.kind, record)
        told = [(record, name) for name, one in changed.items() if one.was is not None]
        given = _given(store, view, changed, own) if view and not view.is_deleted else {}
        edits = _edits(store, made.kind, record, given)
        back.edits.extend([edits] if edits else [])
        for place in told:
            (back.done if edits and place[1] in given else back.stay).append(place)
    return back


def let_in_again(store: LocalStore, made: Import, done: list[Place], removed: set[str]) -> None:
    """What was taken back may come in with the same workbook once more."""
    lent, stamp = store.lent.get(made.book), store.progress().stamp or ""
    cells = {record: dict(taken) for record, taken in lent.cells.items()}
    for record, name in done:
        cells.setdefault(record, {})[name] = Taken(text=made.changed[record][name].was or "", stamp=stamp)
    fresh = {mark: record for mark, record in lent.made.items() if record not in removed}
    store.lent.keep(lent.model_copy(update={"cells": cells, "made": fresh}))


def _given(store: LocalStore, view: View, changed: Mapping[str, ChangedField], own: set[Place]) -> dict[str, JsonValue]:
    """The fields to set: of a list its own members alone, of fields that belong together all or none."""
    specs = specs_here(store, kind_named(view.kind))
    given: dict[str, JsonValue] = {}
    for name, one in changed.items():
        if name in specs and specs[name].has_members:
            given[name] = _without(one, view.fields.get(name))
        elif name in specs and all(_stands(view, each, changed, own) for each in group_of(view.kind, name)):
            given[name] = one.before
    return given


def _stands(view: View, name: str, changed: Mapping[str, ChangedField], own: set[Place]) -> bool:
    """Whether a field is still what the workbook made of it, and nobody here has set it again."""
    now, after = view.fields.get(name), changed[name].after
    return (view.id, name) not in own and (now == after or (now in _NOTHING and after in _NOTHING))


def _without(one: ChangedField, now: JsonValue) -> list[JsonValue]:
    """The list as it is now, without what the workbook put in and with what it took out."""
    before, after, present = _members(one.before), _members(one.after), _members(now)
    stay = [member for member in present if member in before or member not in after]
    return [*stay, *(member for member in before if member not in after and member not in stay)]


def _members(value: JsonValue) -> list[JsonValue]:
    return list(value) if isinstance(value, list) else []


def _edits(store: LocalStore, kind: str, record: str, given: Mapping[str, JsonValue]) -> list[Edit]:
    try:
        return edits_alone(store, kind, record, given) if given else []
    except (NotValid, NotAllowed):  # what stood there is no longer allowed
        return []


def _own_since(store: LocalStore, made: Import) -> set[Place]:
    since = store.own_edits(made.kind, made.stamp)
    return {(entry.id, parted(register)[0]) for entry in since for register in entry.fields}
