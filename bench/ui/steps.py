"""How long the loop that draws is held up: CPU and wall time of every single step it takes."""

import asyncio
import time
from asyncio import events
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Longest:
    """The longest single step since it was last begun anew, in ms."""

    cpu_ms: float = 0.0
    wall_ms: float = 0.0

    def begin_anew(self) -> None:
        """Forget the steps so far."""
        self.cpu_ms = self.wall_ms = 0.0


@contextmanager
def every_step_timed(longest: Longest) -> Iterator[None]:
    """Time every callback of asyncio's loops; a step is what runs between two turns of the loop."""
    taken: Callable[[asyncio.Handle], Any] = events.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        cpu, wall = time.thread_time_ns(), time.perf_counter_ns()
        taken(handle)
        longest.cpu_ms = max(longest.cpu_ms, (time.thread_time_ns() - cpu) / 1e6)
        longest.wall_ms = max(longest.wall_ms, (time.perf_counter_ns() - wall) / 1e6)

    events.Handle._run = timed  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        events.Handle._run = taken  # type: ignore[method-assign,assignment]
