"""Which customers may be written down twice. Nothing is merged here: a supervisor looks at each pair and says."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Generic, TypeVar

from visit_core.rules.doors import is_same_door
from visit_core.rules.twins import By, Trace, keys

Somebody = TypeVar("Somebody")
PAIRS_OF_ONE = 20
"""Of many who share one number, as a switchboard's, so many pairs are told."""


@dataclass(frozen=True, slots=True)
class Pair(Generic[Somebody]):
    """Two who may be one, the older first, and by what: the whole number, or the name at one door."""

    by: By
    one: Somebody
    other: Somebody
    is_at_one_door: bool


def pairs(
    known: Iterable[Somebody],
    trace_of: Callable[[Somebody], Trace],
    id_of: Callable[[Somebody], str],
    apart: Collection[frozenset[str]] = (),
) -> list[Pair[Somebody]]:
    """Every pair once, those at one door first; not those of whom somebody said that they are two."""
    sharing: dict[tuple[By, str], list[Somebody]] = {}
    for each in sorted(known, key=id_of):
        for key in keys(trace_of(each)):
            sharing.setdefault(key, []).append(each)
    found: dict[frozenset[str], Pair[Somebody]] = {}
    for (by, _), several in sharing.items():
        for one, other in islice(combinations(several, 2), PAIRS_OF_ONE):
            both = frozenset((id_of(one), id_of(other)))
            if both not in apart:
                door = is_same_door(trace_of(one).door, trace_of(other).door)
                found.setdefault(both, Pair(by, one, other, door))
    return sorted(found.values(), key=lambda pair: (not pair.is_at_one_door, pair.by != "number"))
