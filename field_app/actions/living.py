"""Which places one may ask a list of customers for: those where they live, narrower as one chooses. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from visit_core.divisions import below, line_to
from visit_core.picklists import REGION
from visit_core.rules.regions import DOMESTIC, Line

SHOWN = 12  # the places of a level where most live
_SIDES = tuple(choice.code for choice in REGION.choices)


@dataclass(frozen=True, slots=True)
class Offered:
    """A place with how many customers live there, and whether it, or some place in it, is chosen."""

    code: str
    customers: int
    is_chosen: bool


def offered(lines: Iterable[Line], chosen: Sequence[str]) -> Iterator[Sequence[Offered]]:
    """国内 and 境外, then the provinces, the cities and the districts of what is chosen; no empty level."""
    lived = Counter(code for line in lines for code in line)
    marked = {code for one in chosen for code in _line(one)}
    level: Sequence[str] = _SIDES
    while level:
        often = sorted(sorted(level), key=lambda code: (code not in marked, -lived[code]))[:SHOWN]
        in_order = [code for code in level if code in often]
        yield [Offered(code, lived[code], code in marked) for code in in_order]
        level = [code for each in in_order if each in marked for code in _inside(each) if lived[code] or code in marked]


def turned(chosen: Sequence[str], code: str) -> tuple[str, ...]:
    """What is chosen after a tap: a place that is narrower takes the place of those it lies in, and goes back to the
    one above it when it is tapped again."""
    others = tuple(one for one in chosen if code not in _line(one) and one not in _line(code))
    if any(code in _line(one) for one in chosen):
        above = _line(code)[-2:-1]
        is_needed = above and not any(above[0] in _line(one) for one in others)
        return (*others, *above) if is_needed else others
    return (*others, code)


def _line(code: str) -> Line:
    return (code,) if code in _SIDES else (DOMESTIC, *(line_to(code).values() or (code,)))


def _inside(code: str) -> Sequence[str]:
    return below() if code == DOMESTIC else () if code in _SIDES else below(code)
