"""The places one may choose from: those in a place, and those that a few characters or letters mean."""

from collections.abc import Sequence
from functools import cache

from field_app.pinyin import Readings, is_meant, readings_of
from visit_core.divisions import below, name_of

ENOUGH = 50


def found_in(code: str, typed: str) -> Sequence[str]:
    """The codes of what lies in a place; what was typed is looked for below it, too, the larger places first.

    Letters may spell the name: `hd` is 海淀区. What is nowhere in the place is looked for in the whole country.
    """
    wanted = "".join(typed.split()).casefold()
    if not wanted:
        return below(code)
    return _meant(code, wanted) or (_meant("", wanted) if code else [])


def _meant(code: str, wanted: str) -> list[str]:
    found: list[str] = []
    level = list(below(code))
    while level and len(found) < ENOUGH:
        found += [each for each in level if _is_meant(each, wanted)]
        level = [inner for each in level for inner in below(each)]
    return found[:ENOUGH]


def _is_meant(code: str, wanted: str) -> bool:
    if wanted in name_of(code) or code.startswith(wanted):
        return True
    return wanted.isascii() and is_meant(_spoken(code), wanted)


@cache
def _spoken(code: str) -> tuple[Readings, ...]:
    return readings_of(name_of(code))
