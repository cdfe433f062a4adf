"""How many may be served at once: who finds no seat is asked to come again, each at another moment."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from visit_core.errors import Busy

SOONEST_S, LATEST_S = 5, 30
QUIET_S, CROWDED_S = 60, 600
"""Between these a device that was served is asked to stay away while more than half of the seats are taken."""


class Seats:
    """So many seats; `chance` gives numbers from 0 to below 1."""

    def __init__(self, count: int, chance: Callable[[], float] = random.random) -> None:
        self._count, self._taken = count, 0
        self._chance, self._lock = chance, threading.Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A seat for as long as the block lasts; Busy, with the seconds to wait, if there is none."""
        with self._lock:
            if self._taken >= self._count:
                raise Busy(wait_s=round(SOONEST_S + self._chance() * (LATEST_S - SOONEST_S)))
            self._taken += 1
        try:
            yield
        finally:
            with self._lock:
                self._taken -= 1

    def back_off_s(self) -> float:
        """How long a device that is served now should stay away: 0 while it is quiet."""
        if self._taken * 2 <= self._count:
            return 0
        return round(QUIET_S + self._chance() * (CROWDED_S - QUIET_S))
