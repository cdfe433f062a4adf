"""Measuring peers turn by turn, so that whatever slows the machine slows all of them."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Cost:
    """What one piece of work took: microseconds of CPU and of wall time, bytes handed to the system."""

    cpu_us: float = 0.0
    wall_us: float = 0.0
    bytes: float = 0.0

    def of(self, what: str) -> float:
        """One of the three, by name."""
        return float(getattr(self, what))


@contextmanager
def measured(cost: Cost, times: int = 1) -> Iterator[None]:
    """Put into `cost` what the block took, divided by `times`."""
    gc.collect()
    before, cpu, wall = bytes_written(), time.process_time_ns(), time.perf_counter_ns()
    yield
    wall_ns, cpu_ns = time.perf_counter_ns() - wall, time.process_time_ns() - cpu
    cost.cpu_us, cost.wall_us = cpu_ns / 1000 / times, wall_ns / 1000 / times
    cost.bytes = (bytes_written() - before) / times


def bytes_written() -> int:
    """How many bytes this process has handed to `write` and its kin so far; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/io").read_text("ascii").splitlines()
    except OSError:
        return 0
    return int(dict(line.split(": ") for line in lines)["wchar"])


@dataclass(slots=True)
class Turns:
    """What every peer took in every turn."""

    costs: dict[str, list[Cost]] = field(default_factory=dict)

    def median(self, peer: str, what: str = "cpu_us") -> float:
        """The peer's middle cost."""
        return statistics.median(cost.of(what) for cost in self.costs[peer])

    def ratio(self, one: str, other: str, what: str = "cpu_us") -> float:
        """How many times `other` the peer `one` took: the middle of the ratios within each turn."""
        pairs = zip(self.costs[one], self.costs[other], strict=False)
        return statistics.median(a.of(what) / max(b.of(what), 0.001) for a, b in pairs)


Work = Callable[[int], int]
"""Does its work for the turn of that number; gives how many times it did it."""


def take_turns(works: Mapping[str, Work], turns: int, rests: Sequence[str] = ()) -> Turns:
    """Let each peer do its work once a turn, another one first each time; slow `rests` go in the first three alone."""
    taken = Turns({name: [] for name in works})
    names = list(works)
    for turn in range(turns):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            if turn < 3 or name not in rests:
                taken.costs[name].append(_one(works[name], turn))
    return taken


def _one(work: Work, turn: int) -> Cost:
    cost, done = Cost(), 1
    with measured(cost):
        done = work(turn)
    return Cost(cost.cpu_us / done, cost.wall_us / done, cost.bytes / done)


def calibration_ms() -> float:
    """A fixed loop's CPU time here, in ms: the quickest of five."""
    return min(_loop_ms() for _ in range(5))


def _loop_ms() -> float:
    began, total = time.process_time_ns(), 0
    for n in range(200_000):
        total = (total * 31 + n) % 1_000_003
    return (time.process_time_ns() - began) / 1e6


def load() -> float:
    """How busy the machine is with everything."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
