"""When a change happened, in an order every device agrees on (a hybrid logical clock).

Source: Kulkarni et al. 2014, "Logical Physical Clocks". The text form, 23 characters, sorts like time:
11 hex digits of ms since 1970 UTC, 4 hex digits of counter, 8 characters of device.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import StringConstraints

StampText = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{15}[a-z2-7]{8}$")]

MAX_COUNTER = 0xFFFF
MAX_WALL_MS = 16**11 - 1  # the year 2527
_TEXT = re.compile(r"([0-9a-f]{11})([0-9a-f]{4})([a-z2-7]{8})")


class Stamp(NamedTuple):
    """A moment of one device. Larger is later; the device breaks the last tie."""

    wall_ms: int  # since 1970-01-01 UTC, 0..MAX_WALL_MS
    counter: int  # 0..65535, for changes within one millisecond
    device: str  # 8 characters a-z2-7

    def __str__(self) -> str:
        return f"{self.wall_ms:011x}{self.counter:04x}{self.device}"

    @classmethod
    def parse(cls, text: str) -> "Stamp":
        """Read the text form; ValueError on anything else."""
        parts = _TEXT.fullmatch(text)
        if parts is None:
            raise ValueError("a stamp is 15 hex digits and 8 characters a-z2-7")
        return cls(int(parts[1], 16), int(parts[2], 16), parts[3])

    @classmethod
    def known(cls, text: str) -> "Stamp":
        """A text that is known to be a stamp."""
        return cls(int(text[:11], 16), int(text[11:15], 16), text[15:])

    def next(self) -> "Stamp":
        """The smallest stamp of the same device after this one."""
        if self.counter < MAX_COUNTER:
            return Stamp(self.wall_ms, self.counter + 1, self.device)
        return Stamp(self.wall_ms + 1, 0, self.device)


class HybridClock:
    """One device's clock: never repeats, never goes back, stays near the wall clock.

    It must outlive a restart: keep `last` with the changes it stamped.
    """

    def __init__(self, device: str, last: str | None = None) -> None:
        self.last = Stamp.parse(last) if last else Stamp(0, 0, device)
        self._device = device

    def tick(self, wall_ms: int) -> Stamp:
        """The stamp of a change made now, when the wall clock says `wall_ms`."""
        following = Stamp(self.last.wall_ms, self.last.counter, self._device).next()
        self.last = max(following, Stamp(_within(wall_ms), 0, self._device))
        return self.last

    def hear(self, wall_ms: int) -> None:
        """Learn that it is at least `wall_ms` somewhere: later ticks come after it."""
        self.last = max(self.last, Stamp(_within(wall_ms), 0, self._device))

    def skip(self, count: int) -> None:
        """Leave out so many stamps from here on: they may be given already."""
        ms, counter = divmod(self.last.counter + count, MAX_COUNTER + 1)
        self.last = self.last._replace(wall_ms=_within(self.last.wall_ms + ms), counter=counter)


@lru_cache(maxsize=1024)
def instant(wall_ms: int) -> str:
    """Milliseconds since 1970 as people and files write it: `2026-11-21T02:00:00.000Z`."""
    return datetime.fromtimestamp(wall_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_of(stamp: str) -> str:
    """The instant in a stamp's text."""
    return instant(int(stamp[:11], 16))


def stamp_of(told: str) -> str:
    """What every stamp of that instant begins with, and every later one is larger than."""
    since = datetime.fromisoformat(told) - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{since // timedelta(milliseconds=1):011x}"


def _within(wall_ms: int) -> int:
    return min(max(wall_ms, 0), MAX_WALL_MS - 1)
