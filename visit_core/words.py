"""Text as people type it, made safe to keep: nothing a database, a terminal or a file would choke on.

Limits and rules: NUL, other control characters and lone surrogates are refused; marks that only turn the
direction of writing, or have no width, are taken out of one-line texts, where they serve to deceive.
"""

import re
import unicodedata

from pydantic import JsonValue

from visit_core.errors import NotValid

MAX_DEPTH = 16
NESTED = frozenset({list, dict})
MAX_WHOLE = 2**53 - 1

_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_BREAKS = re.compile(r"[\r\n\t\x85\u2028\u2029]+")


def text_of(value: JsonValue) -> str:
    """The text itself; refuses other types and characters that cannot be kept."""
    if not isinstance(value, str):
        raise NotValid("text")
    if not value.isprintable() and _UNKEEPABLE.search(value):
        raise NotValid("text_broken")
    return value


def one_line(value: JsonValue) -> str:
    """A text on one line, without blanks around it and without unseen marks; line breaks become blanks."""
    if isinstance(value, str) and value.isprintable():  # then there is nothing unseen in it, and no line break
        return value.strip()
    return _LINE_BREAKS.sub(" ", _UNSEEN.sub("", text_of(value))).strip()


def typed_number(value: JsonValue) -> str:
    """What was typed into a number box, full-width digits made plain and blanks gone; whole numbers are taken too."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) <= MAX_WHOLE else "9" * 20
    if isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value:
        return value
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", one_line(value)))


def is_deeper(value: JsonValue, most: int) -> bool:
    """Whether lists and objects stand within each other more than so many times."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        return False
    return most <= 0 or any(is_deeper(one, most - 1) for one in inner)


def keepable(value: JsonValue, depth: int = 0) -> JsonValue:
    """The value itself if every store and JSON reader can keep it: for values that no declaration describes."""
    if depth > MAX_DEPTH:
        raise NotValid("too_deep", limit=MAX_DEPTH)
    if isinstance(value, list):
        return [keepable(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {text_of(key): keepable(item, depth + 1) for key, item in value.items()}
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, int | float) and not -MAX_WHOLE <= value <= MAX_WHOLE:
        raise NotValid("number")
    return value
