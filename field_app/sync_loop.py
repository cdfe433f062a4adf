"""Sync by itself: when the app opens, soon after a save, from time to time, when asked, and when a network is back.

After a failure it waits longer each time, by chance within a growing bound, so that a street of phones that finds
its network at six o'clock does not knock as one.
"""

import asyncio
import logging
import math
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from field_app.sync import SyncReport
from visit_core.errors import Unreachable, VisitError

EVERY_S = 300.0
AFTER_A_SAVE_S = 9.0
"""Later than a save can be taken back."""

FIRST_BACK_OFF_S, LONGEST_BACK_OFF_S = 2.0, 900.0
NO_NETWORK_S = 60.0
"""A try that finds no network costs nobody anything, so none waits longer for one that is back."""

MOST_PATIENCE_S = 3600.0
"""Longer than that no server makes a device wait, whatever it says."""

FIRST_KNOCK_S, LONGEST_KNOCK_S = 1.0, 5.0
SPREAD_S = 2.0
"""Where no system tells that a network is back, a knock at the server's door does: soon at first, then every five
seconds. The sync follows within two more, by chance, so that many who heard the door at once do not enter as one."""

log = logging.getLogger(__name__)

Pause = Callable[[asyncio.Event, float], Awaitable[None]]
State = Literal["idle", "syncing", "offline", "stopped"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """How this device stands with its server. `why` is what the last try failed of."""

    state: State = "idle"
    why: VisitError | None = None
    report: SyncReport | None = None


async def until(woken: asyncio.Event, seconds: float) -> None:
    """Until somebody wakes us, or that much time has passed."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):  # wait_for may swallow a cancellation that comes with the event
            await woken.wait()


@dataclass
class SyncLoop:
    """One loop for one open store.

    `sync` meets the server once and tells how far it has come; `tell` hears of every change of `meeting`; `knock`, if
    there is one, tells whether anybody is at the server's door without asking for anything.
    """

    sync: Callable[[Callable[[SyncReport], object]], Coroutine[Any, Any, SyncReport]]
    tell: Callable[[], object]
    now_s: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    knock: Callable[[], Awaitable[bool]] | None = None
    pause: Pause = until
    meeting: Meeting = field(default_factory=Meeting)
    due_s: float = 0.0  # by `now_s`, when it meets the server next
    _not_before_s: float = 0.0  # by `now_s`; until then nothing but a person's wish begins a sync
    _failures: int = 0
    _knocks: bool = True  # a try that an answered knock brought about failed: the next wait is one without knocks
    _was_answered: bool = False
    _askers: int = 0  # who wait for their turn to sync
    _going: asyncio.Task[SyncReport] | None = None
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wake(self, in_s: float = 0.0) -> None:
        """Sync in that many seconds, or sooner if that was to be; never before what it was put off to."""
        self.due_s = min(self.due_s, max(self.now_s() + in_s, self._not_before_s))
        self._woken.set()

    def put_off(self, in_s: float) -> None:
        """Sync in that many seconds and not sooner: what was saved may still be taken back."""
        self._not_before_s = self.due_s = self.now_s() + in_s
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        self.due_s = self.now_s()
        while True:
            await self._until_due()
            await self.meet()

    async def meet(self) -> Meeting:
        """Sync now; a failure is a standing like any other, never raised."""
        async with self._turn():
            self.due_s = math.inf
            self._stand(Meeting("syncing"))
            self._going = asyncio.create_task(self.sync(self._heard))
            try:
                self._succeeded(await self._going)
            except VisitError as refused:
                self._failed(refused)
            except asyncio.CancelledError:
                self._going.cancel()
                if _is_cancelled():  # the sync was cancelled with us, which looks as if it alone had been
                    raise
                self._stopped()
            except Exception as defect:
                log.error("sync broke type=%s", type(defect).__name__)
                self._failed(VisitError())
        return self.meeting

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        self._askers += 1
        try:
            await self._one_at_a_time.acquire()
        finally:
            self._askers -= 1
        try:
            yield
        finally:
            self._one_at_a_time.release()

    def is_wanted(self) -> bool:
        """Whether another sync is due, or asked for, while one goes on: what can wait steps aside."""
        return self._askers > 0 or self.due_s <= self.now_s()

    def stop(self) -> None:
        """Stop the sync that is going on; what has come so far stays."""
        if self._going:
            self._going.cancel()

    def _heard(self, report: SyncReport) -> None:
        self._stand(Meeting("syncing", report=report))

    def _succeeded(self, report: SyncReport) -> None:
        self._failures, self._knocks, self._was_answered = 0, True, False
        patience_s = min(report.back_off_s, MOST_PATIENCE_S)
        self._not_before_s = max(self._not_before_s, self.now_s() + patience_s)
        self.due_s = max(min(self.due_s, self.now_s() + EVERY_S), self._not_before_s)  # a save may have asked for less
        self._stand(Meeting("idle", report=report))

    def _stopped(self) -> None:
        self.due_s = self.now_s() + EVERY_S
        self._stand(Meeting("idle", report=self.meeting.report))

    def _failed(self, refused: VisitError) -> None:
        log.info("sync failed code=%s", refused.code)
        self._failures += 1
        self._knocks, self._was_answered = not self._was_answered, False
        longest = (
            LONGEST_BACK_OFF_S if refused.facts.get("status") or not isinstance(refused, Unreachable) else NO_NETWORK_S
        )
        bound = min(FIRST_BACK_OFF_S * 2**self._failures, longest)
        asked = min(float(refused.facts.get("wait_s") or 0), MOST_PATIENCE_S)
        spread = self.chance()  # who were all told the same wait do not come back as one
        wait_s = max(1.0, bound * spread, asked + spread * min(bound, asked))
        self.due_s = max(self.now_s() + wait_s, self._not_before_s)
        is_away = isinstance(refused, Unreachable)
        self._stand(Meeting("offline" if is_away else "stopped", refused, self.meeting.report))

    def _stand(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.tell()

    async def _until_due(self) -> None:
        knock_s = FIRST_KNOCK_S
        while (left := self.due_s - self.now_s()) > 0:
            self._woken.clear()
            if not self._listens_for_the_door() or knock_s >= left:
                await self.pause(self._woken, left)
                continue
            await self.pause(self._woken, knock_s)
            knock_s = min(2 * knock_s, LONGEST_KNOCK_S)
            if not self._woken.is_set() and self.knock and await self.knock():
                self._was_answered = True
                self.wake(self.chance() * SPREAD_S)

    def _listens_for_the_door(self) -> bool:
        """Only while nobody was there at all: a server that answered, in whatever way, is not knocked at."""
        why = self.meeting.why
        is_away = isinstance(why, Unreachable) and not why.facts.get("status")
        return is_away and self._knocks and not self._was_answered and self.knock is not None


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
