"""Provinces, cities and districts that are not in the table, do not lie in one another, or leave one out."""

from collections.abc import Iterator

from pydantic import JsonValue

from field_app.actions.cleaning.finding import Finding, Register
from visit_core.divisions import LEVELS, WHOLLY_A_CITY, line_to, name_of, path_of
from visit_core.fields import Fields
from visit_core.lying import apart


def found(_id: str, fields: Fields, _register: Register) -> Iterator[Finding]:
    """One finding a customer, the gravest first."""
    codes = {level: str(fields[level]) for level in LEVELS if fields.get(level)}
    if not codes:
        return
    wrong = next(apart(fields), None)
    unknown = next((level for level, code in codes.items() if not name_of(code) and not _stands_for_none(code)), "")
    if wrong:
        yield Finding(wrong.field or "", error=wrong)
    elif unknown:
        yield Finding(unknown, why="place_unknown", facts={"code": codes[unknown]})
    else:
        yield from _gap(codes)


def _stands_for_none(code: str) -> bool:
    """市辖区 or 县 of a city that is a province, as older tables have them."""
    return f"{code[:2]}0000" in WHOLLY_A_CITY and code[4:] == "00"


def _gap(codes: dict[str, str]) -> Iterator[Finding]:
    """Of a known place all above it is known, too."""
    narrowest = list(codes.values())[-1]
    for level, code in line_to(narrowest).items():
        if level not in codes:
            better: JsonValue = code
            said, says = "".join(map(name_of, codes.values())), "".join(path_of(narrowest))
            yield Finding(level, why="place_gap", said=said, says=says, better=better)
