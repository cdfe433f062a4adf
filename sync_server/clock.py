"""When a change truly happened: the effective stamp, given once, at first receipt.

The server's clock is the only one that must be good. A phone's wall clock may be wrong by years: within one boot
the time since the change is measured by a clock that nobody can set, so it does not matter at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from visit_core.change import ClockEvidence
from visit_core.protocol import ClockStatus
from visit_core.stamp import MAX_COUNTER, MAX_WALL_MS, Stamp

TOLERATED_MS = 2_000
"""A wall clock this far off still counts as right."""

AHEAD_MS = 120_000
"""A change this far in the future, after correction, is brought back with a remark."""

_MOMENT = 15  # characters of a stamp that say when; the rest says where


@dataclass(frozen=True, slots=True)
class Told:
    """When a change happened, as far as can be told, in ms since 1970 UTC by the server's clock."""

    true_ms: int
    status: ClockStatus


class Clocks(NamedTuple):
    """The same as `ClockEvidence`, of a change that was read at once."""

    wall_ms: int
    mono_ms: int
    boot: str


def tell(at: ClockEvidence | Clocks, sent: ClockEvidence, server_ms: int) -> Told:
    """What the clocks of a change and of its request say of the moment of the change."""
    offset_ms = server_ms - sent.wall_ms
    is_off = abs(offset_ms) > TOLERATED_MS
    if at.boot == sent.boot and sent.mono_ms >= at.mono_ms:
        return Told(server_ms - (sent.mono_ms - at.mono_ms), "corrected" if is_off else "ok")
    true_ms = at.wall_ms + offset_ms
    if true_ms > server_ms + AHEAD_MS:
        return Told(true_ms, "clamped")
    return Told(true_ms, "untrusted" if is_off else "ok")


def effective(raw: Stamp, true_ms: int, server_ms: int, *, device: str, floors: Iterable[str]) -> Stamp:
    """The stamp that the merge goes by: never later than the server's clock, but after every floor.

    Floors are the device's last stamp and the values that the person saw: who overrules a value knowingly comes
    after it, whatever the clocks say.
    """
    wall_ms = min(max(true_ms, 0), server_ms, MAX_WALL_MS - 1)
    moment = wall_ms << 16 | (raw.counter if raw.wall_ms == wall_ms else 0)
    for floor in floors:
        moment = max(moment, int(floor[:_MOMENT], 16) + 1)
    return Stamp(moment >> 16, moment & MAX_COUNTER, device)
