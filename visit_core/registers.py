"""From fields as people know them to registers as they are kept and merged, and back.

A plain field is one register of its own name. A member of a set is `tags.vip`, holding its place in the list;
an entry of a list is `review_notes.<id>`, holding the entry. A register set to null is an empty field or a
member taken out.
"""

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from pydantic import JsonValue

from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.fields import CUSTOM, NO_CUSTOM, FieldSpec, Specs, fields_of, parted
from visit_core.kinds import known
from visit_core.merge import DELETED, Rule
from visit_core.shapes import Entries, Moment, SetOf
from visit_core.words import keepable

MAX_REGISTER_BYTES = 20_000


def fold(kind_name: str, registers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """The record's fields: sets and lists put together, everything unknown as it is."""
    specs = _specs(kind_name)
    members: dict[str, dict[str, JsonValue]] = {}
    fields: dict[str, JsonValue] = {}
    for register, value in registers.items():
        name, member = parted(register)
        if member and (_is_own(name) or (name in specs and specs[name].has_members)):
            members.setdefault(name, {})[member] = value
        else:
            fields[register] = value
    return fields | {name: _together(specs.get(name), parts) for name, parts in members.items()}


def spread(kind_name: str, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]) -> Registers:
    """The registers to set so that `before` becomes `after`, for the fields that `after` names."""
    specs = _specs(kind_name)
    changed: Registers = {}
    for name, value in after.items():
        if _is_several(specs.get(name), name, before.get(name), value):
            changed |= _members_changed(specs.get(name), name, before.get(name), value)
        elif before.get(name) != value:
            changed[name] = value
    return _with_whole_groups(specs, changed, {**before, **after})


def read_registers(
    kind_name: str, registers: Mapping[str, JsonValue], moment: Moment, custom: Specs = NO_CUSTOM
) -> Registers:
    """Canonical values of registers that came from elsewhere; what no declaration knows is kept as it is.

    `custom` are the organisation's own fields of that kind.
    NotValid at the first value that breaks its field's rule, and for a group that is not set as a whole.
    """
    specs = {**_specs(kind_name), **custom} if custom else _specs(kind_name)
    plain, grouped = _plain_and_grouped(kind_name)
    read: Registers = {}
    for register, value in registers.items():
        spec = plain.get(register)
        read[register] = spec.read(value, moment) if spec else _read_register(specs, register, value, moment)
    for name in grouped.keys() & read.keys():
        if not grouped[name] <= read.keys():
            raise NotValid("half_group", field=name)
    return read


@cache
def _plain_and_grouped(kind_name: str) -> tuple[Specs, Mapping[str, frozenset[str]]]:
    """The fields kept in one register of their own name; and those of a group, with all of that group."""
    specs = _specs(kind_name)
    plain = {name: spec for name, spec in specs.items() if not spec.has_members and name != DELETED}
    groups = {name: spec.asked.group for name, spec in specs.items() if spec.asked.group}
    return plain, {name: frozenset(_group(specs, group)) for name, group in groups.items()}


@lru_cache(maxsize=256)
def rule_of(kind_name: str) -> Callable[[str], Rule]:
    """How each register of a kind is merged: what is written once by the first stamp, all else by the last."""
    specs = _specs(kind_name)
    first = {name for name, spec in specs.items() if spec.asked.rule == "first"} | {"created_at"}

    def rule(register: str) -> Rule:
        return "first" if register in first else "last"

    return rule


def group_of(kind_name: str, register: str) -> tuple[str, ...]:
    """The registers that are set together with this one, in the order of the declaration; itself where it has none."""
    specs = _specs(kind_name)
    group = specs[register].asked.group if register in specs else None
    return tuple(name for name, spec in specs.items() if spec.asked.group == group) if group else (register,)


def is_plain(kind_name: str, name: str) -> bool:
    """Whether a field is declared and kept in one register of its own name."""
    spec = _specs(kind_name).get(name)
    return spec is not None and not spec.has_members


def _specs(kind_name: str) -> Specs:
    kind = known(kind_name)
    return fields_of(kind) if kind else {}


def _group(specs: Specs, group: str) -> set[str]:
    return {name for name, spec in specs.items() if spec.asked.group == group}


def _with_whole_groups(specs: Specs, changed: Registers, fields: Mapping[str, JsonValue]) -> Registers:
    touched = {specs[name].asked.group or "" for name in changed if name in specs} - {""}
    whole: Registers = {name: fields.get(name) for group in touched for name in _group(specs, group)}
    return changed | whole


def _is_own(name: str) -> bool:
    return name.startswith(f"{CUSTOM}.")


def _is_several(spec: FieldSpec | None, name: str, before: JsonValue, after: JsonValue) -> bool:
    """Whether a field is kept member by member; of an organisation's own its value tells."""
    if spec is None:
        return _is_own(name) and (isinstance(before, list) or isinstance(after, list))
    return spec.has_members


def _together(spec: FieldSpec | None, parts: Mapping[str, JsonValue]) -> list[JsonValue]:
    present = {member: value for member, value in parts.items() if value is not None and value is not False}
    if spec and isinstance(spec.shape, Entries):
        return sorted(present.values(), key=spec.shape.in_order)
    members: list[str] = sorted(present, key=lambda member: (_place(present[member]), member))
    return list(members)


def _place(value: JsonValue) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _members_changed(spec: FieldSpec | None, name: str, before: JsonValue, after: JsonValue) -> Registers:
    old, new = _by_member(spec, before), _by_member(spec, after)
    gone: Registers = {f"{name}.{member}": None for member in old if member not in new}
    if spec and isinstance(spec.shape, Entries):
        return gone | {f"{name}.{member}": entry for member, entry in new.items() if old.get(member) != entry}
    added = [member for member in new if member not in old]
    return gone | {f"{name}.{member}": place for place, member in enumerate(added, start=_next_place(before))}


def _next_place(before: JsonValue) -> int:
    return len(before) + 1 if isinstance(before, list) else 1


def _by_member(spec: FieldSpec | None, value: JsonValue) -> dict[str, JsonValue]:
    members = value if isinstance(value, list) else []
    if spec and isinstance(spec.shape, Entries):
        return {spec.shape.key_of(entry): entry for entry in members if isinstance(entry, dict)}
    return {str(member): True for member in members}


def _read_register(specs: Specs, register: str, value: JsonValue, moment: Moment) -> JsonValue:
    name, member = parted(register)
    spec = specs.get(name)
    try:
        if spec is None or register == DELETED:
            return _small(keepable(value))
        if spec.has_members:
            return _read_member(spec, member, value, moment) if member else _refuse_whole(spec)
        return spec.read(value, moment)
    except NotValid as refused:
        raise refused.at(register) from None


def _read_member(spec: FieldSpec, member: str, value: JsonValue, moment: Moment) -> JsonValue:
    if value is None:
        return None
    if isinstance(spec.shape, Entries):
        entry = spec.shape.read_entry(value, moment)
        if spec.shape.key_of(entry) != member:
            raise NotValid("entry")
        return entry
    if isinstance(spec.shape, SetOf) and spec.shape.member.read(member, moment) != member:
        raise NotValid("member")
    return _small(keepable(value))


def _refuse_whole(spec: FieldSpec) -> JsonValue:
    raise NotValid("member", field=spec.name)


def _small(value: JsonValue) -> JsonValue:
    if len(str(value)) > MAX_REGISTER_BYTES:
        raise NotValid("too_long", limit=MAX_REGISTER_BYTES)
    return value
