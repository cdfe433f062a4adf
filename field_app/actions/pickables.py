"""What a field may refer to: the records of one kind, those used last first, and those that a few characters mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.pinyin import Readings, is_meant, readings_of
from visit_core.fields import Fields, fields_of
from visit_core.kinds import KINDS, kind_named
from visit_core.picklists import Language
from visit_core.rules.doors import PARTS
from visit_core.shapes import OneOf, Reference

DOOR = "household"


@dataclass(frozen=True, slots=True)
class Pickable:
    """One record that may be chosen: what it is called, and what tells it from others of that name."""

    id: str
    title: str
    below: str
    spoken: tuple[Readings, ...]


def pickables(store: LocalStore, kind: str, lang: Language) -> tuple[Pickable, ...]:
    """All records of a kind: those that another record referred to last first, then the latest made."""
    used = _last_used(store, kind)
    views = sorted(store.find(kind), key=lambda view: (used.get(view.id, ""), view.id), reverse=True)
    return tuple(_pickable(view, lang) for view in views)


def meant(rows: Iterable[Pickable], typed: str) -> Sequence[Pickable]:
    """Those that the typed characters mean, in the order given; letters may spell the name."""
    wanted = typed.strip().casefold()
    return [row for row in rows if _is_meant(row, wanted)]


def title_of(kind: str, fields: Fields) -> str:
    """What people call a record: a door by its parts, all else by the first thing that is listed of it."""
    if kind == DOOR:
        said = [str(fields[part]) for part in PARTS if fields.get(part)]
        return " ".join([said[0], "-".join(said[1:])]).strip() if said and fields.get(PARTS[0]) else "-".join(said)
    return next((str(fields[name]) for name in kind_named(kind).listed if fields.get(name)), "")


def _is_meant(row: Pickable, wanted: str) -> bool:
    plain = wanted.replace("-", "").replace(" ", "")
    words = f"{row.title} {row.below}".casefold()
    return wanted in words or plain in words.replace("-", "").replace(" ", "") or is_meant(row.spoken, wanted)


def _pickable(view: View, lang: Language) -> Pickable:
    title = title_of(view.kind, view.fields)
    others = () if view.kind == DOOR else kind_named(view.kind).listed[1:]
    below = "·".join(_words(view, name, lang) for name in others if view.fields.get(name))
    return Pickable(view.id, title, below, readings_of(title))


def _words(view: View, name: str, lang: Language) -> str:
    shape, value = fields_of(kind_named(view.kind))[name].shape, str(view.fields[name])
    return shape.picklist.label(value, lang) if isinstance(shape, OneOf) else value


def _last_used(store: LocalStore, kind: str) -> Mapping[str, str]:
    """The id of the latest record that refers to each: ids sort by the moment they were made."""
    used: dict[str, str] = {}
    for other, field in _referring(kind):
        for view in store.find(other):
            target = str(view.fields.get(field) or "")
            used[target] = max(view.id, used.get(target, ""))
    return used


def _referring(kind: str) -> list[tuple[str, str]]:
    """Kinds and fields that people fill in with a record of that kind."""
    return [
        (other.kind_name, name)
        for other in KINDS
        for name, spec in fields_of(other).items()
        if isinstance(spec.shape, Reference) and spec.shape.kind == kind and spec.control != "hidden"
    ]
