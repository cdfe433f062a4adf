"""Wrong PINs cost growing delays that outlive a restart and that no clock set back can shorten."""

import contextlib
import json
from dataclasses import asdict, dataclass

from field_app.clock import DeviceClock
from field_app.vault.secrets import Secrets
from visit_core.errors import NoRoom, TooSoon

DELAYS_S = (0, 0, 0, 1, 5, 30, 60)


@dataclass(frozen=True, slots=True)
class _Tries:
    """How many in a row went wrong, and when the last one began by each of the device's clocks."""

    wrong: int = 0
    wall_ms: int = 0
    mono_ms: int = 0
    boot: str = ""


class TryCounter:
    """Counts a try before it is made, so that killing the app during one gains nothing."""

    def __init__(self, secrets: Secrets, store_id: str, clock: DeviceClock) -> None:
        self._secrets, self._name, self._clock = secrets, f"{store_id}.tries", clock

    def begin(self) -> None:
        """Note that a try begins; TooSoon while the delay for those before has not passed."""
        before = self._read()
        delay_ms = DELAYS_S[min(before.wrong, len(DELAYS_S) - 1)] * 1000
        left_ms = delay_ms - self._passed_ms(before)
        if left_ms > 0:
            raise TooSoon(wait_s=-(-left_ms // 1000))
        with contextlib.suppress(NoRoom):  # a full disk must not keep its owner out
            self._keep(before.wrong + 1)

    def succeed(self) -> None:
        """Forget the wrong tries: the right PIN came."""
        self._secrets.forget(self._name)

    def _passed_ms(self, before: _Tries) -> int:
        if before.boot == self._clock.boot():
            return self._clock.mono_ms() - before.mono_ms
        passed_ms = self._clock.wall_ms() - before.wall_ms
        if passed_ms < 0:  # set back: the delay begins again, now
            self._keep(before.wrong)
            return 0
        return passed_ms

    def _keep(self, wrong: int) -> None:
        now = _Tries(wrong, self._clock.wall_ms(), self._clock.mono_ms(), self._clock.boot())
        self._secrets.keep(self._name, json.dumps(asdict(now)).encode("ascii"))

    def _read(self) -> _Tries:
        kept = self._secrets.read(self._name)
        if kept is None:
            return _Tries()
        try:
            return _Tries(**json.loads(kept))
        except (ValueError, TypeError):
            return _Tries(len(DELAYS_S), self._clock.wall_ms(), self._clock.mono_ms(), self._clock.boot())
