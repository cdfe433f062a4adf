"""How long a device was away from its server, by what its clocks have shown: turned back, they make it no shorter.

From look to look the clock that nobody can set counts on, through every boot that was seen; and what the wall clock
once showed is never forgotten. Only hours for which a device is switched off and its wall clock is turned back remain
unseen.
"""

from pydantic import BaseModel, ConfigDict

from field_app.clock import DeviceClock

_OF_A_PROCESS = "process-"
"""Where the system has no name for a boot, its clock has counted from before this device was looked at."""


class Watch(BaseModel):
    """How long the device was away at the last look, and what the clock that nobody can set said then."""

    model_config = ConfigDict(frozen=True)

    boot: str
    seen_ms: int
    away_ms: int = 0

    def looked(self, clock: DeviceClock, shown_ms: int) -> "Watch":
        """After one more look; `shown_ms` is how long it was by the wall clock."""
        boot, mono_ms = clock.boot(), clock.mono_ms()
        ran_ms = mono_ms - self.seen_ms if boot == self.boot else 0 if boot.startswith(_OF_A_PROCESS) else mono_ms
        return Watch(boot=boot, seen_ms=mono_ms, away_ms=max(self.away_ms + max(0, ran_ms), shown_ms))
