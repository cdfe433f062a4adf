"""Values with parts: sets and lists that are merged member by member, and small objects."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.ids import is_id
from visit_core.shapes.shape import Control, Moment, Shape
from visit_core.words import keepable, text_of


@dataclass(frozen=True, slots=True)
class SetOf:
    """Several values in the order they were given; as text they are parted by 、 or commas.

    Each member is merged by itself: two people may add and remove at the same time.
    """

    member: Shape
    most: int = 20
    control: ClassVar[Control] = "chips"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        parts = re.split(r"[、,，;；\n]", text_of(value)) if isinstance(value, str) else value
        if not isinstance(parts, list):
            raise NotValid("list")
        members = [self.member.read(part, moment) for part in parts if part not in ("", None)]
        if len(members) > self.most:
            raise NotValid("too_many", most=self.most)
        return list(dict.fromkeys(str(member) for member in members))


@dataclass(frozen=True, slots=True)
class Entries:
    """A list of objects, each called by its `key`; entries are merged one by one.

    The key is an id, made from what an entry says where it has none, or a column such as `code`. `ordered`
    entries keep the order in which they are given; others have the order of their time, `at`.
    """

    columns: Mapping[str, Shape]
    key: str = "id"
    ordered: bool = False
    most: int = 200
    control: ClassVar[Control] = "hidden"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        given = value if isinstance(value, list) else [value]
        if len(given) > self.most:
            raise NotValid("too_many", most=self.most)
        read = [self.read_entry(self._called(entry, place), moment) for place, entry in enumerate(given, start=1)]
        if len({self.key_of(entry) for entry in read}) < len(read):
            raise NotValid("entry_twice")
        return [*read]

    def read_entry(self, entry: JsonValue, moment: Moment) -> JsonValue:
        """One entry; members that no column describes are kept."""
        key = self.key_of(entry)
        if not isinstance(entry, dict) or (not is_id(key) if self.key == "id" else not 1 <= len(key) <= 40):
            raise NotValid("entry")
        known = {key: entry.get(key) for key in self.columns}
        read = {key: None if given is None else self.columns[key].read(given, moment) for key, given in known.items()}
        return {**{key: keepable(item) for key, item in entry.items()}, **read}

    def key_of(self, entry: JsonValue) -> str:
        """What an entry is called among the others; empty for something else than an entry."""
        return str(entry.get(self.key) or "") if isinstance(entry, dict) else ""

    def in_order(self, entry: JsonValue) -> tuple[float, str, str]:
        """Where an entry stands in the list."""
        place, at = (entry.get("order"), entry.get("at")) if isinstance(entry, dict) else (None, None)
        return float(place) if self.ordered and isinstance(place, int | float) else 0.0, str(at), self.key_of(entry)

    def _called(self, entry: JsonValue, place: int) -> JsonValue:
        if not isinstance(entry, dict):
            return entry
        made = {"id": _id_from(entry)} if self.key == "id" and not entry.get("id") else {}
        return {**entry, **made, **({"order": place} if self.ordered else {})}


@dataclass(frozen=True, slots=True)
class Parts:
    """A small object with named parts; those that nobody described are kept."""

    columns: Mapping[str, Shape]
    control: ClassVar[Control] = "hidden"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        if not isinstance(value, dict):
            raise NotValid("entry")
        said = {key: keepable(item) for key, item in value.items() if item not in (None, "")}
        return said | {key: self.columns[key].read(said[key], moment) for key in self.columns if key in said}


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a device was: {lat, lng, acc, age, provider, mock, sys}; WGS-84 degrees, metres, seconds."""

    control: ClassVar[Control] = "hidden"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        fix = keepable(value)
        if not isinstance(fix, dict) or not _is_on_earth(fix.get("lat"), fix.get("lng")):
            raise NotValid("fix")
        return fix


@dataclass(frozen=True, slots=True)
class AnyValue:
    """Whatever another field holds: for records that quote values."""

    control: ClassVar[Control] = "hidden"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        return keepable(value)


def _id_from(entry: Mapping[str, JsonValue]) -> str:
    """The same id for the same words, so that two people who write down one thing write it once."""
    said = json.dumps(entry, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(said.encode("ascii")).hexdigest()[:32]


def _is_on_earth(lat: JsonValue, lng: JsonValue) -> bool:
    return isinstance(lat, int | float) and isinstance(lng, int | float) and abs(lat) <= 90 and abs(lng) <= 180
