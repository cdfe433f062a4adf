"""After a salvage a device cannot know which of its changes the server has: it asks by their stamps before it sends."""

from field_app.clock import DeviceClock
from field_app.outbox import Outbox
from field_app.progress import Progress
from visit_core.protocol import MAX_ASKED, SyncRequest, SyncResponse
from visit_core.stamp import HybridClock

_SKIPPED = 0x4000
"""Stamps of one millisecond, a quarter of all: more than a device gives in any."""


def lost_count(progress: Progress, device: str, clock: DeviceClock) -> Progress:
    """A device's progress, right after a salvage.

    What it has stamped and forgotten may be with the server, which would take a new change of the same stamp for it:
    while a clock is late, stamps go on from what was heard last, and so they would come again. How many are left out
    hangs on the very moment, so that a second salvage leaves out others.
    """
    stamps = HybridClock(device, progress.stamp)
    stamps.skip(_SKIPPED + clock.mono_ms() % _SKIPPED)
    told = {"asks_first": True, "asked_to": "", "has_lost_count": True, "stamp": str(stamps.last)}
    return progress.walked_again().model_copy(update=told)


def questions(progress: Progress, outbox: Outbox) -> list[str] | None:
    """The stamps to ask for next, oldest first; None where nothing is uncertain."""
    if not progress.asks_first:
        return None
    return sorted(entry.at for entry in outbox.waiting() if entry.at > progress.asked_to)[:MAX_ASKED]


def take_here(answer: SyncResponse, asked: SyncRequest, progress: Progress, outbox: Outbox) -> Progress:
    """Settle what the server has already, whatever number we took it for; the rest has no guessed number any more.

    A server of an earlier release says nothing of it: then numbers alone must do.
    """
    if asked.asks is None:
        return progress
    if progress.guessed_from:
        guessed = [entry.at for entry in outbox.waiting() if (entry.n or 0) >= progress.guessed_from]
        outbox.renumber(dict.fromkeys(guessed))
        progress = progress.model_copy(update={"next_n": progress.guessed_from, "guessed_from": 0})
    keys = {entry.at: entry.key for entry in outbox.waiting()}
    ours = {at: one.result for at, one in (answer.here or {}).items() if keys.get(at) == (one.kind, one.id)}
    outbox.renumber({at: result.n for at, result in ours.items()})
    outbox.settle(list(ours.values()), answer.server_ms)
    last = max(asked.asks, default="")
    is_left = answer.here is not None and any(entry.at > last for entry in outbox.waiting())
    return progress.model_copy(update={"asks_first": is_left, "asked_to": last if is_left else ""})


def counted_anew(progress: Progress, outbox: Outbox, expect_n: int) -> Progress:
    """The restored server wants a number that a salvage has lost: what it lacks is numbered again, from there on.

    Nothing of it is known in the server's present life. A device that has lost nothing always has that number. In the
    order in which it was made, before all that was never sent: no change may push an earlier one behind itself.
    """
    numbers = {entry.at: entry.n for entry in outbox.waiting() if entry.n is not None}
    if not progress.has_lost_count or min(numbers.values(), default=0) <= expect_n:
        return progress
    outbox.renumber({at: n for n, at in enumerate(sorted(numbers), start=expect_n)})
    return progress.model_copy(update={"next_n": expect_n + len(numbers)})
