"""Two customers side by side: where they differ, and which of two values a merge takes unless somebody says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from field_app.actions.declared import specs_here
from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run, at_once
from visit_core.errors import VisitError
from visit_core.fields import Entered, FieldSpec, Specs
from visit_core.kinds.customer import Customer
from visit_core.registers import group_of
from visit_core.shapes import Entries
from visit_core.stamp import instant_of

Pick = Literal["kept", "other"]
Picks = Mapping[str, Pick]
"""By the first field of a difference."""

NOT_MERGED = frozenset({*Entered.model_fields, "merged_into", "code", "retention_until"})
"""Fields in which each record stays what it is."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which they differ, or several that are set together; the first names it."""

    fields: tuple[str, ...]
    kept: tuple[JsonValue, ...]
    other: tuple[JsonValue, ...]
    usual: Pick


def differences(store: LocalStore, kept: View, other: View) -> list[Difference]:
    """In the order of the form. Of lists both members are kept, and there is nothing to choose."""
    return [*_differing(store, kept, other, specs_here(store, Customer))]


async def later_by_server(store: LocalStore, remote: Remote, run: Run = at_once, *, kept: str, other: str) -> Picks:
    """Which value was set later, field by field, as the server knows it.

    Nothing where it cannot be asked, or this device has not yet sent all that it did to the two.
    """
    one, two = await run(lambda: [store.view(Customer.kind_name, each) for each in (kept, other)])
    if one is None or two is None or one.is_waiting or two.is_waiting:
        return {}
    found = await run(lambda: differences(store, one, two))
    disputed = [each.fields for each in found if _is_said(each.kept) and _is_said(each.other)]
    try:
        told = {unit[0]: [await _set_there(remote, view, unit) for view in (one, two)] for unit in disputed}
    except VisitError:
        return {}
    return {name: "other" if at[1] > at[0] else "kept" for name, at in told.items() if any(at)}


async def _set_there(remote: Remote, view: View, unit: tuple[str, ...]) -> str:
    """When what stands there was set; empty where the server does not say."""
    pasts = [await remote.past(view.kind, view.id, name) for name in unit]
    return max((step.at for past in pasts for step in past.steps if not step.is_overruled), default="")


def joined(store: LocalStore, kept: View, other: View) -> dict[str, JsonValue]:
    """The lists of the one that is kept, with what only the other has behind."""
    several = {name: spec for name, spec in specs_here(store, Customer).items() if spec.has_members}
    both = {name: _joined(spec, kept.fields.get(name), other.fields.get(name)) for name, spec in several.items()}
    return {name: value for name, value in both.items() if value != (kept.fields.get(name) or [])}


def mergeable(specs: Specs) -> list[str]:
    """The fields that a merge looks at."""
    return [name for name, spec in specs.items() if name not in NOT_MERGED and spec.asked.writer != "server"]


def _differing(store: LocalStore, kept: View, other: View, specs: Specs) -> Iterator[Difference]:
    names = [name for name in mergeable(specs) if not specs[name].has_members]
    for name in names:
        unit = group_of(Customer.kind_name, name)
        if unit[0] != name:
            continue
        mine, theirs = (tuple(view.fields.get(each) for each in unit) for view in (kept, other))
        if mine != theirs and (_is_said(mine) or _is_said(theirs)):
            yield Difference(unit, mine, theirs, _usual(store, (kept, other), unit))


def _usual(store: LocalStore, both: tuple[View, View], unit: tuple[str, ...]) -> Pick:
    """What says something goes before what says nothing, then what was set later."""
    mine, theirs = ([view.fields.get(name) for name in unit] for view in both)
    if not _is_said(mine) or not _is_said(theirs):
        return "kept" if _is_said(mine) else "other"
    at, later = (max(_set_at(store, view, name) for name in unit) for view in both)
    return "other" if later > at else "kept"


def _set_at(store: LocalStore, view: View, field: str) -> str:
    """When the field was last set, as far as this device can tell; else when the record was last touched."""
    own = [instant_of(entry.at) for entry in store.made_here(view.kind, view.id) if field in entry.fields]
    known = store.before(view.kind, view.id).get(field)
    told = [*own, known.until if known else ""]
    return max(told) or str(view.fields.get("updated_at") or "")


def _is_said(values: Iterable[JsonValue]) -> bool:
    return any(value not in (None, "", [], False) for value in values)


def _joined(spec: FieldSpec, mine: JsonValue, theirs: JsonValue) -> list[JsonValue]:
    """As many as the field holds; what finds no room stays with the other record."""
    both: dict[str, JsonValue] = {}
    for each in (*members(mine), *members(theirs)):
        both.setdefault(key_of(spec, each), each)
    return list(both.values())[: getattr(spec.shape, "most", len(both))]


def members(value: JsonValue) -> list[JsonValue]:
    """What a list holds; of nothing, nothing."""
    return value if isinstance(value, list) else []


def key_of(spec: FieldSpec, member: JsonValue) -> str:
    """By what a member of a list is known again."""
    return spec.shape.key_of(member) if isinstance(spec.shape, Entries) else str(member)
