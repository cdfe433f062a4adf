"""Values with parts: sets and lists that are merged member by member, and small objects."""

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
    """A list of objects, each with an `id` of its own; entries are merged one by one."""

    columns: Mapping[str, Shape]
    control: ClassVar[Control] = "hidden"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        entries = value if isinstance(value, list) else [value]
        return [self.read_entry(entry, moment) for entry in entries]

    def read_entry(self, entry: JsonValue, moment: Moment) -> JsonValue:
        """One entry; members that no column describes are kept."""
        if not isinstance(entry, dict) or not is_id(str(entry.get("id"))):
            raise NotValid("entry")
        known = {key: entry.get(key) for key in self.columns}
        read = {key: None if given is None else self.columns[key].read(given, moment) for key, given in known.items()}
        return {**{key: keepable(item) for key, item in entry.items()}, **read}


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


def _is_on_earth(lat: JsonValue, lng: JsonValue) -> bool:
    return isinstance(lat, int | float) and isinstance(lng, int | float) and abs(lat) <= 90 and abs(lng) <= 180
