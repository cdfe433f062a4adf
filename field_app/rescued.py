"""What only this device may have, as requests that nobody has sent: what a rescue file is made of."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from field_app.batches import batch
from field_app.entry import Entry
from field_app.outbox import Outbox
from field_app.progress import Progress
from visit_core.protocol import MAX_CHANGES, SyncRequest


@dataclass(frozen=True, slots=True)
class Rescued:
    """What a rescue file is made of."""

    made_ms: int  # by the device's best idea of the server's time
    requests: Sequence[SyncRequest]
    last_n: int  # every change up to there is in it or is in a backup
    photos: Sequence[str] = ()  # the ids of those whose bytes are in it
    photos_left: int = 0  # those that it has no room for, or that are damaged

    def noted_in(self, progress: Progress, photos_here: Set[str]) -> Progress:
        """That the file is kept; of photographs that are no longer on this device nothing need be known."""
        photos = sorted(photos_here & {*progress.rescued_photos, *self.photos})
        return progress.model_copy(update={"rescued_n": self.last_n, "rescued_photos": tuple(photos)})


def numbered_for_rescue(progress: Progress, outbox: Outbox) -> tuple[list[list[Entry]], Progress]:
    """Everything that no backup is known to hold, request by request, and how far it is numbered.

    The caller's transaction makes it one commit. A store that was salvaged only guesses its numbers.
    """
    waiting = outbox.waiting()
    fresh = sum(entry.n is None for entry in waiting)
    outbox.number(waiting, progress.next_n)
    guessed = {"guessed_from": progress.guessed_from or progress.next_n} if progress.asks_first else {}
    left = outbox.numbered_after(progress.safe_n)
    parts = []
    while left:
        parts.append(batch(left, MAX_CHANGES))
        left = left[len(parts[-1]) :]
    return parts, progress.model_copy(update={"next_n": progress.next_n + fresh, **guessed})
