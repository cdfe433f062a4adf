"""Whether somebody who is being written down is known already: by number, by name, by door.

Nothing is refused and nothing merged here: a person looks at the hint and decides.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from visit_core import phones
from visit_core.rules.doors import is_same_door

By = Literal["number", "name_and_door", "name", "sound", "door"]
ORDER: tuple[By, ...] = ("number", "name_and_door", "name", "sound", "door")
DIGITS_ENOUGH = 4
WHOLE_NUMBER = 7  # digits: the shortest landline without its area code
Somebody = TypeVar("Somebody")


@dataclass(frozen=True, slots=True)
class Trace:
    """What one recognises somebody by; each may be empty."""

    number: str = ""  # as typed or kept
    name: str = ""
    door: str = ""  # the key of the address
    sound: str = ""  # the name in pinyin, where the device can tell it


def likeness(new: Trace, known: Trace) -> By | None:
    """By what the two are alike; None if they are not."""
    typed, kept = _digits(new.number), _digits(known.number)
    if len(typed) >= DIGITS_ENOUGH and typed in kept:
        return "number"
    if len(typed) == len(kept) == 11:
        return "door" if is_same_door(new.door, known.door) else None
    is_named_so = bool(new.name) and name_key(new.name) == name_key(known.name)
    lives_there = is_same_door(new.door, known.door)
    if is_named_so:
        return "name_and_door" if lives_there else "name"
    if new.sound and new.sound == known.sound:
        return "sound"
    return "door" if lives_there else None


def alike(new: Trace, known: Iterable[Somebody], trace_of: Callable[[Somebody], Trace]) -> list[tuple[By, Somebody]]:
    """Everybody who is alike, the likeliest first: whose number begins so before whose number only has it."""
    found = [(by, one) for one in known if (by := likeness(new, trace_of(one)))]
    typed = _digits(new.number)

    def order(each: tuple[By, Somebody]) -> tuple[int, bool]:
        by, one = each
        return ORDER.index(by), by == "number" and not _digits(trace_of(one).number).startswith(typed)

    return sorted(found, key=order)


def keys(trace: Trace) -> Iterator[tuple[By, str]]:
    """What only the same person or a copy would share: the whole number, or the name at one door."""
    number = _digits(trace.number)
    if len(number) >= WHOLE_NUMBER:
        yield "number", number
    if trace.name and trace.door:
        yield "name_and_door", f"{name_key(trace.name)} {trace.door}"


def name_key(name: str) -> str:
    """A name in one spelling: full-width signs, blanks and dots between its parts make no difference."""
    joined = re.sub(r"[\s·•・.]+", "", unicodedata.normalize("NFKC", name))
    return unicodedata.normalize("NFKC", joined).casefold()


def _digits(number: str) -> str:
    plain = re.sub(r"[^0-9+]", "", unicodedata.normalize("NFKC", number))
    for country in ("+86", "0086"):
        plain = plain.removeprefix(country)
    return phones.digits(plain).lstrip("+")
