"""How far a long step has come, told while it goes on; what listens may stop it before anything is kept."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from visit_core.errors import NotValid

Heed = Callable[[int, int], None]
"""Told every so often how many rows of how many are done; what it raises ends the step, and nothing is kept."""

EVERY = 50  # rows

Row = TypeVar("Row")


def unheeded(_done: int, _of: int) -> None:
    """For whom it is all the same."""


class Gauge:
    """A `Heed` that another thread may read, and stop."""

    def __init__(self) -> None:
        self.done, self.of = 0, 0
        self._is_stopped = False

    def stop(self) -> None:
        """End the step at its next row; it is refused as `stopped`."""
        self._is_stopped = True

    def __call__(self, done: int, of: int) -> None:
        if self._is_stopped:
            raise NotValid("stopped")
        self.done, self.of = done, of


def told_each(heed: Heed, done: int, of: int) -> None:
    """Tell it now and then, at the first row and at the last."""
    if done % EVERY == 0 or done == of:
        heed(done, of)


def heeded(rows: Sequence[Row], heed: Heed) -> Iterator[Row]:
    """The same rows; it is told how many of them were taken so far."""
    for done, row in enumerate(rows, start=1):
        told_each(heed, done, len(rows))
        yield row
