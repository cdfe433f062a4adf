"""One sync: exchanges with the server until nothing is left to push and no rows are left to pull."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.steps import Steps
from field_app.taking_in import Taken
from visit_core.errors import TooLarge, Unreachable, VisitError, WrongEpoch
from visit_core.protocol import MAX_CHANGES, SyncRequest, SyncResponse

log = logging.getLogger(__name__)

Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did, in numbers."""

    pushed: int = 0  # changes the server has named
    pulled: int = 0  # rows received
    conflicts: int = 0  # open conflicts that we made or were told of
    quarantined: int = 0  # changes refused in this sync
    waiting: int = 0  # changes still unsent
    back_off_s: float = 0  # how long the server asks not to be met again by itself
    photos_sent: int = 0  # photographs of which the server has every byte now
    photos_waiting: int = 0  # of which it does not, as far as this device has them

    def and_then(self, next: "SyncReport") -> "SyncReport":
        """This report after one more sync; of photographs it tells what it told."""
        return replace(
            self,
            pushed=self.pushed + next.pushed,
            pulled=self.pulled + next.pulled,
            conflicts=self.conflicts + next.conflicts,
            quarantined=self.quarantined + next.quarantined,
            waiting=next.waiting,
            back_off_s=next.back_off_s,
        )

    def plus(self, taken: Taken) -> "SyncReport":
        """This report after one more answer."""
        return SyncReport(
            pushed=self.pushed + taken.pushed,
            pulled=self.pulled + taken.pulled,
            conflicts=self.conflicts + taken.conflicts,
            quarantined=self.quarantined + taken.refused,
            back_off_s=taken.back_off_s,
        )


class Run(Protocol):
    """How a step on the store is run: at once, or on the thread that the store belongs to."""

    async def __call__(self, step: Callable[[], Step], /) -> Step:
        """Run the step and give what it gave."""


async def at_once(step: Callable[[], Step], /) -> Step:
    """Here and now: for a program that does nothing else meanwhile."""
    return step()


def unheard(_: SyncReport) -> None:
    """For a sync that nobody watches."""


async def sync_once(
    store: LocalStore, remote: Remote, run: Run = at_once, heard: Callable[[SyncReport], object] = unheard
) -> SyncReport:
    """Exchange until all is even; `heard` is told after each answer how far it has come.

    Safe to stop at any line and to run again: each answer is one commit.
    """
    report, limit, steps = SyncReport(), MAX_CHANGES, Steps(store.together, store.clock)
    goes_on = True
    while goes_on:
        asked, stood = await run(partial(_question, store, steps, limit))
        try:
            taken = await _exchange(store, steps, remote, asked, run=run)
        except TooLarge:
            if limit == 1:
                raise
            limit = max(1, len(asked.changes) // 2)
            continue
        report = report.plus(taken)
        await run(store.together.vault.checkpoint)  # if it is due: what a long sync brings fills the memory
        waiting, stands = await run(partial(_how_far, store))
        goes_on = (taken.has_more or waiting > 0) and stands != stood
        report = replace(report, waiting=waiting)
        heard(report)
    told = {name: count for name, count in asdict(report).items() if not name.startswith("photos")}
    log.info("synced %s", " ".join(f"{name}={count:g}" for name, count in told.items()))
    return report


def _question(store: LocalStore, steps: Steps, limit: int) -> tuple[SyncRequest, object]:
    after = store.progress().stamp
    with store.together.transaction():
        asked = store.next_request(limit)
        steps.asked(asked, after)
    return asked, store.standing()


def _how_far(store: LocalStore) -> tuple[int, object]:
    return len(store.waiting()), store.standing()


async def _exchange(store: LocalStore, steps: Steps, remote: Remote, asked: SyncRequest, *, run: Run) -> Taken:
    try:
        answer = await remote.sync(asked)
    except VisitError as told:
        await run(partial(steps.refused, told.code))
        if not isinstance(told, WrongEpoch):
            raise
        epoch = str(told.facts.get("epoch", ""))
        if epoch in ("", asked.epoch):
            raise Unreachable(answered="epoch") from told
        await run(partial(store.begin_epoch, epoch, instead_of=asked.epoch))
        return Taken(has_more=True)
    return await run(partial(_take_in, store, steps, answer, asked))


def _take_in(store: LocalStore, steps: Steps, answer: SyncResponse, asked: SyncRequest) -> Taken:
    with store.together.transaction(frees_room=True):
        steps.answered(answer)
        return store.take_in(answer, asked)
