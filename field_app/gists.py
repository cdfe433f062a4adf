"""Gists: the little that lists and searches need of every record of a kind, kept in memory while the store is open.

Gists are made when somebody first asks for them, and then again only of records that have changed: the vault tells
what it has committed, the outbox what this device has changed itself. What is kept is bounded, and dropped with the
lock. Like the store, they are asked from its thread alone.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from typing import Any, Generic, TypeVar, cast

from pydantic import JsonValue

from field_app import drawing
from field_app.base_rows import BaseRows, kind_in, record_in
from field_app.drawing import View
from field_app.entry import Entry
from field_app.lasting import let_go, made_to_last
from field_app.outbox import Outbox
from field_app.vault.database import VaultDB
from field_app.vault.ops import DROP
from field_app.vault.ops import Op as Step
from visit_core.merge import DELETED
from visit_core.registers import fold, is_plain

Told = TypeVar("Told")
Sum = TypeVar("Sum")
Made = TypeVar("Made")
Own = Mapping[str, Sequence[Entry]]
"""This device's changes that are drawn on top, by record."""

MOST_KEPT = 100_000  # gists of all kinds: more are made afresh for every question


@dataclass(frozen=True, slots=True)
class Wanted(Generic[Told]):
    """What is kept of each record of a kind: what `read` makes of its `fields`; of all of them where none is named.

    `by` is whatever else the reading depends on: with another one all records are read again.
    """

    kind: str
    read: Callable[[View], Told]
    fields: tuple[str, ...] = ()
    by: object = None


@dataclass(frozen=True, slots=True)
class Parting(Generic[Told, Sum]):
    """How gists are put into groups: under which name, None for those in no group, and what is made of a group."""

    name: Callable[[Told], str | None]
    sum: Callable[[Sequence[Told]], Sum]  # of its members, the oldest first


@dataclass(slots=True)
class _Groups:
    """Gists in groups. What is made of a group is made again when one of its members has changed."""

    parting: Parting[Any, Any]
    members: dict[str, dict[str, Any]] = field(default_factory=dict)  # by group, by record
    sums: dict[str, Any] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def put(self, record: str, before: object, now: object) -> None:
        for told, is_there in ((before, False), (now, True)):
            name = None if told is None else self.parting.name(told)
            if name is None:
                continue
            self.touched.add(name)
            if is_there:
                self.members.setdefault(name, {})[record] = told
            else:
                self.members[name].pop(record, None)

    def summed(self) -> Mapping[str, Any]:
        for name in self.touched:
            members = self.members[name]
            if members:
                self.sums[name] = self.parting.sum([told for _, told in sorted(members.items())])
            else:
                del self.members[name]
                self.sums.pop(name, None)
        self.touched.clear()
        return self.sums


@dataclass(slots=True)
class _Kept:
    """The gists of one kind, and what has happened since they were made."""

    by: object
    told: dict[str, Any] = field(default_factory=dict)  # by record
    groups: dict[Parting[Any, Any], _Groups] = field(default_factory=dict)
    own: Own = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)  # records
    in_order: tuple[Any, ...] | None = None

    def put(self, record: str, told: object) -> None:
        before = self.told.pop(record, None) if told is None else self.told.get(record)
        if told is not None:
            self.told[record] = told
        for groups in self.groups.values():
            groups.put(record, before, told)


class Gists:
    """The gists of one open store."""

    def __init__(self, db: VaultDB, base: BaseRows, outbox: Outbox) -> None:
        self._db, self._base, self._outbox = db, base, outbox
        self._kept: dict[tuple[str, tuple[str, ...]], _Kept] = {}
        self._made: dict[Hashable, tuple[tuple[object, ...], object]] = {}
        db.vault.listeners.add(self._hear)

    def of(self, wanted: Wanted[Told]) -> tuple[Told, ...]:
        """What is wanted of every record of the kind, the oldest first; those in the bin too."""
        kept = self._up_to_date(wanted)
        if kept.in_order is None:
            kept.in_order = tuple(told for _, told in sorted(kept.told.items(), key=lambda pair: pair[0]))
        return kept.in_order

    def grouped(self, wanted: Wanted[Told], parting: Parting[Told, Sum]) -> Mapping[str, Sum]:
        """What is made of every group of what is wanted, by the group's name; good until the next question."""
        kept = self._up_to_date(wanted)
        groups = kept.groups.get(parting)
        if groups is None:
            groups = kept.groups[parting] = _Groups(parting)
            for record, told in kept.told.items():
                groups.put(record, None, told)
        return groups.summed()

    def _up_to_date(self, wanted: Wanted[Any]) -> _Kept:
        place = wanted.kind, wanted.fields
        own = self._outbox.of_kind(wanted.kind)
        kept = self._kept.get(place)
        if kept is None or kept.by != wanted.by:
            with made_to_last(self._base.count_of(wanted.kind)):
                kept = self._kept[place] = _Kept(wanted.by, self._all(wanted, own), own=own)
        self._catch_up(kept, wanted, own)
        if len(self) > MOST_KEPT:
            del self._kept[place]
        return kept

    def made_of(self, name: Hashable, of: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What was made of these very objects, else what `make` makes of them; one of each name is kept."""
        made = self._made.get(name)
        if made is None or not all(map(is_, made[0], of)):
            made = self._made[name] = of, make()
        return cast("Made", made[1])

    def forget(self) -> None:
        """Keep nothing any more: nobody is to read what is locked."""
        self._kept.clear()
        self._made.clear()
        let_go()

    def __len__(self) -> int:
        return sum(len(kept.told) for kept in self._kept.values())

    def _hear(self, steps: Iterable[Step]) -> None:
        """What the vault has committed."""
        for step in steps:
            kind = kind_in(step.table)
            for place in [place for place in self._kept if place[0] == kind]:
                if step.kind == DROP or not step.key:
                    del self._kept[place]
                else:
                    self._kept[place].changed.add(record_in(step.key))

    def _catch_up(self, kept: _Kept, wanted: Wanted[Told], own: Own) -> None:
        """Read again what has changed; what is written but not yet committed may be undone, and so stays noted."""
        pending = self._base.unsettled(wanted.kind)
        changed = kept.changed | pending | _differing(kept.own, own)
        for record in changed:
            view = drawing.draw(wanted.kind, record, self._base.get(wanted.kind, record), own.get(record, ()))
            kept.put(record, None if view is None else wanted.read(_only(view, wanted.fields)))
        kept.own, kept.changed = own, set(pending)
        if changed:
            kept.in_order = None

    def _all(self, wanted: Wanted[Told], own: Own) -> dict[str, Told]:
        kind, parted = wanted.kind, _parted(wanted)
        told = {}
        for record, registers in self._base.registers_of(kind):
            if record not in own:
                told[record] = wanted.read(View(kind, record, parted(registers), False))
        for record, entries in own.items():
            view = drawing.draw(kind, record, self._base.get(kind, record), entries)
            if view:
                told[record] = wanted.read(_only(view, wanted.fields))
        return told


def _differing(one: Own, other: Own) -> set[str]:
    """The records of which the two do not say the same; an entry that has not changed is the same object."""
    if one is other:
        return set()
    return {record for record in one.keys() | other.keys() if not _same(one.get(record, ()), other.get(record, ()))}


def _same(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    return len(one) == len(other) and all(mine is yours for mine, yours in zip(one, other, strict=True))


def _only(view: View, fields: tuple[str, ...]) -> View:
    if not fields:
        return view
    kept = {name: view.fields[name] for name in (*fields, DELETED) if name in view.fields}
    return View(view.kind, view.id, kept, view.is_waiting, view.is_refused)


def _parted(wanted: Wanted[Told]) -> Callable[[Mapping[str, JsonValue]], dict[str, JsonValue]]:
    """How to get the wanted fields from a record's registers; equal texts become one."""
    kind = wanted.kind
    if not wanted.fields:
        return lambda registers: fold(kind, registers)
    plain = [name for name in (*wanted.fields, DELETED) if is_plain(kind, name) or name == DELETED]
    members = tuple(f"{name}." for name in wanted.fields if name not in plain)
    texts: dict[JsonValue, JsonValue] = {}

    def picked(registers: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
        fields = {}
        for name in plain:
            value = registers.get(name)
            if value is not None:
                fields[name] = texts.setdefault(value, value) if isinstance(value, str) else value
        several = {name: value for name, value in registers.items() if name.startswith(members)} if members else {}
        return fields | fold(kind, several) if several else fields

    return picked
