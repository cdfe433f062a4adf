"""Whether this device has met its server lately enough to be used."""

from dataclasses import dataclass, replace

from field_app.actions.photographs import only_here
from field_app.local_store import LocalStore
from field_app.progress import Anchor
from field_app.validity import Watch
from visit_core.errors import OutOfTouch

DAY_MS = 86_400_000
LOOK_EVERY_MS = 600_000
"""So much may be missing of what is kept of the clocks, and nothing is written for less."""


@dataclass(frozen=True, slots=True)
class Validity:
    """How long this device may be without its server, and how long it was."""

    days: int  # 0 for no limit
    met_ms: int  # the server's time at the last meeting
    away_ms: int
    waiting: int  # changes that only this device has
    photos: int = 0  # photographs that only this device has, once it is locked

    @property
    def until_ms(self) -> int | None:
        """When it locks, unless it meets the server before; None for never."""
        return self.met_ms + self.days * DAY_MS if self.days else None

    @property
    def is_over(self) -> bool:
        """Whether it is locked."""
        return bool(self.days) and self.away_ms > self.days * DAY_MS


def validity(store: LocalStore) -> Validity:
    """As it is now; what the clocks show is kept, so that turning one back later is in vain."""
    progress = store.progress()
    anchor = progress.anchor
    if anchor is None:
        return Validity(0, 0, 0, len(store.waiting()))
    known = progress.watch or Watch(boot=anchor.boot, seen_ms=anchor.mono_ms)
    watch = known.looked(store.clock, _believed_ms(store, anchor) - anchor.server_ms)
    if watch.boot != known.boot or watch.away_ms - known.away_ms >= LOOK_EVERY_MS:
        store.keep_watch(watch)
    told = Validity(progress.offline_days, anchor.server_ms, watch.away_ms, len(store.waiting()))
    return replace(told, photos=len(only_here(store))) if told.is_over else told


def refuse_if_over(store: LocalStore) -> None:
    """OutOfTouch if this device was away for too long."""
    told = validity(store)
    if told.is_over:
        raise OutOfTouch(days=told.days, waiting=told.waiting)


def _believed_ms(store: LocalStore, anchor: Anchor) -> int:
    """In the boot of the meeting exact; after it the wall clock, as far off as it was then."""
    if store.clock.boot() == anchor.boot:
        return anchor.now_ms(store.clock)
    off_ms = anchor.wall_ms - anchor.server_ms if anchor.wall_ms is not None else 0
    return store.clock.wall_ms() - off_ms
