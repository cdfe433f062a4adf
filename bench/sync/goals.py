"""What the figures have to come to: ratios of two contenders, each taken within one round."""

import statistics
from collections.abc import Iterator, Mapping, Sequence

from bench.figures import Figure, Goal
from bench.sync.contenders import KINTO, LIMIT, LIMIT_PG, OURS, OURS_GZIP, OURS_PG, POUCH
from bench.sync.workloads import Told

Rounds = Mapping[str, Sequence[Told]]
"""What each contender took, round by round."""

MORE, LESS = True, False
GOALS: Mapping[str, tuple[bool, Mapping[str, Goal]]] = {
    "push per s": (MORE, {POUCH: Goal(4, 8, more=True), KINTO: Goal(40, more=True), LIMIT: Goal(0.45, more=True)}),
    "pull per s": (MORE, {POUCH: Goal(12, more=True), KINTO: Goal(1.2, more=True), LIMIT: Goal(0.6, more=True)}),
    "converge per s": (MORE, {POUCH: Goal(12, more=True), KINTO: Goal(10, more=True)}),
    "there and back ms": (LESS, {POUCH: Goal(0.25), KINTO: Goal(0.3), LIMIT: Goal(2)}),
    "push cpu ms": (LESS, {POUCH: Goal(0.25), KINTO: Goal(0.01), LIMIT: Goal(2)}),
    "push bytes": (LESS, {POUCH: Goal(0.25), KINTO: Goal(0.12)}),
    "pull bytes": (LESS, {POUCH: Goal(0.6), KINTO: Goal(0.3)}),
}
UNITS = {"s": "/s", "conflicts": "", "ms": "ms", "bytes": "bytes", "lost": "", "skipped": ""}


def figures(rounds: Rounds, packed_bytes: float) -> Iterator[Figure]:
    """Every contender's own figures, then ours against the others', then what may not be lost."""
    for name, told in rounds.items():
        for what in told[0].figures:
            unit = UNITS[what.rpartition(" ")[2]]
            yield Figure(f"{what.removesuffix(' per s')}, {name}", _median(told, what), unit, _never(what, name))
    for what, (_, against) in GOALS.items():
        for other, goal in against.items():
            yield from _ratio(rounds, what, OURS, other, goal)
    for what in GOALS:
        yield from _ratio(rounds, what, OURS_PG, LIMIT_PG, None)
        yield from _ratio(rounds, what, OURS_GZIP, LIMIT, None)
    for what in ("push bytes", "pull bytes"):
        share = _median(rounds[OURS], what) / packed_bytes
        yield Figure(f"{what}: ours / the packed documents", share, "x", Goal(1.25))


def _never(what: str, name: str) -> Goal | None:
    return Goal(0) if what in ("lost", "skipped") and name in (OURS, OURS_GZIP, OURS_PG) else None


def _ratio(rounds: Rounds, what: str, ours: str, other: str, goal: Goal | None) -> Iterator[Figure]:
    if ours in rounds and other in rounds:
        pairs = zip(rounds[ours], rounds[other], strict=True)
        ratio = statistics.median(a.figures[what] / max(b.figures[what], 1e-9) for a, b in pairs)
        yield Figure(f"{what.removesuffix(' per s')}: {ours} / {other}", ratio, "x", goal)


def _median(told: Sequence[Told], what: str) -> float:
    return statistics.median(one.figures[what] for one in told)
