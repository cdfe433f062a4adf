"""Time in the simulated world: one true time that only the world moves, and clocks that are wrong about it."""


class TrueTime:
    """Milliseconds since 1970 UTC, as nobody in the world can know them."""

    def __init__(self, now_ms: int) -> None:
        self.began_ms = self.now_ms = now_ms


class SkewedClock:
    """A phone's clocks: the wall clock is off by `ahead_ms`, the other goes as time does and starts at each boot."""

    def __init__(self, time: TrueTime, ahead_ms: int) -> None:
        self._time, self.ahead_ms, self._boots, self._booted_ms = time, ahead_ms, 0, time.now_ms - 1_000_000

    def wall_ms(self) -> int:
        """What the person sees, and can set."""
        return self._time.now_ms + self.ahead_ms

    def mono_ms(self) -> int:
        """Since this boot."""
        return self._time.now_ms - self._booted_ms

    def boot(self) -> str:
        """Which boot this is."""
        return f"boot-{self._boots}"

    def reboot(self) -> None:
        """The phone starts anew."""
        self._boots, self._booted_ms = self._boots + 1, self._time.now_ms
