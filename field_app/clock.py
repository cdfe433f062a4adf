"""What this device's clocks say: the wall clock anybody can set, and one that nobody can."""

import secrets
import sys
import time
from pathlib import Path
from typing import Protocol

from visit_core.change import ClockEvidence

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class DeviceClock(Protocol):
    """Time as a port, so that tests and simulations set it."""

    def wall_ms(self) -> int:
        """The wall clock, ms since 1970 UTC."""

    def mono_ms(self) -> int:
        """Milliseconds since this boot, sleep included where the system tells."""

    def boot(self) -> str:
        """A name for this boot: 1-40 characters 0-9a-z-."""


class SystemClock:
    """The clocks of the machine this runs on."""

    def __init__(self) -> None:
        self._boot = _boot_id()

    def wall_ms(self) -> int:
        """The wall clock, ms since 1970 UTC."""
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        """CLOCK_BOOTTIME where there is one, else the monotonic clock."""
        if sys.platform == "linux" or sys.platform == "android":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
        return time.monotonic_ns() // 1_000_000

    def boot(self) -> str:
        """The system's own name for this boot; without one, a name for this process."""
        return self._boot


def evidence(clock: DeviceClock) -> ClockEvidence:
    """What the clocks say now, for the server to judge a change's time by."""
    return ClockEvidence(wall_ms=clock.wall_ms(), mono_ms=max(0, clock.mono_ms()), boot=clock.boot())


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text("ascii").strip()[:40]
    except OSError:
        return f"process-{secrets.token_hex(8)}"
