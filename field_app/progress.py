"""How far this device has come with the server: cursors, numbers, epoch, and the best idea of the true time."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from field_app.clock import DeviceClock
from field_app.validity import Watch
from visit_core.protocol import PullRequest
from visit_core.stamp import HybridClock


class Anchor(BaseModel):
    """The server's time at one moment of one boot: a wall clock set by hand cannot move it."""

    model_config = ConfigDict(frozen=True)

    server_ms: int
    mono_ms: int
    boot: str
    wall_ms: int | None = None  # what the wall clock said, right or wrong

    def now_ms(self, clock: DeviceClock) -> int:
        """The true time by this anchor; the wall clock where it is from another boot."""
        if clock.boot() != self.boot:
            return clock.wall_ms()
        return self.server_ms + clock.mono_ms() - self.mono_ms


class Progress(BaseModel):
    """Kept in the same commit as whatever moved it."""

    model_config = ConfigDict(frozen=True)

    epoch: str
    scopes_v: int = 0
    cursors: dict[str, int] = {}
    next_n: int = 1  # the number of the next change that is sent for the first time
    safe_n: int = 0
    rescued_n: int = 0  # up to there everything is in a rescue file
    rescued_photos: tuple[str, ...] = ()  # the ids of photographs that are in one
    last_code: int = 0  # the running number in the last code that was given here
    last_tx: int = 0  # names the changes that were kept together last
    is_sweeping: bool = False  # rows from before the present walk are still here
    walks: int = 0  # how often everything was read again from the start
    walk_head: int | None = None  # the server's head when the present walk began
    bookmark: str | None = None  # how far the server has said that its numbers go, under its seal
    asks_first: bool = False  # after a salvage: learn from the server which changes and numbers it has
    has_lost_count: bool = False  # since a salvage: numbers may be missing that no change here will ever fill
    asked_to: str = ""  # up to which stamp that was asked
    guessed_from: int = 0  # before it has learnt that, a rescue file numbered from there; 0: nothing was guessed
    window_from: str = ""  # what is done and was last touched before that instant is not sent to this device
    aged_on: str = ""  # the day of the window when what was outside it was last let go of
    older_of: tuple[str, ...] = ()  # customers of whom everything was fetched, however old
    last_sync_ms: int | None = None
    offline_days: int = 14  # so long the device may be used without meeting the server; 0 for no limit
    watch: Watch | None = None  # what was seen of the clocks since then, where anybody looked
    stamp: str | None = None  # the hybrid clock's last
    anchor: Anchor | None = None

    @property
    def reading_on(self) -> PullRequest:
        """From where to read on."""
        return PullRequest(
            epoch=self.epoch,
            scopes_v=self.scopes_v,
            cursors=self.cursors,
            walk_head=self.walk_head,
            bookmark=self.bookmark,
        )

    def still_asks(self, asked: PullRequest) -> bool:
        """Whether that question fits: neither of other scopes nor of a walk that has begun again since."""
        is_reached = all(at <= self.cursors.get(scope, 0) for scope, at in asked.cursors.items())
        return asked.scopes_v == self.scopes_v and is_reached

    def heard(self, device: str, server_ms: int, clock: DeviceClock) -> "Progress":
        """The server has just said what time it is."""
        stamps = HybridClock(device, self.stamp)
        stamps.hear(server_ms)
        anchor = Anchor(server_ms=server_ms, mono_ms=clock.mono_ms(), boot=clock.boot(), wall_ms=clock.wall_ms())
        return self.model_copy(update={"stamp": str(stamps.last), "anchor": anchor, "watch": None})

    def begun_anew(self, epoch: str) -> "Progress":
        """The central store lives anew, or as it did once before: read everything from the start; numbers go on."""
        fresh = {"epoch": epoch, "scopes_v": 0, "cursors": {}, "is_sweeping": True, "safe_n": 0, "older_of": ()}
        return self.model_copy(update=fresh | {"walks": self.walks + 1, "walk_head": None})

    def walked_again(self) -> "Progress":
        """The server no longer tells what we have missed: read everything from the start."""
        cursors = dict.fromkeys(self.cursors, 0)
        fresh = {"cursors": cursors, "is_sweeping": True, "walks": self.walks + 1, "walk_head": None, "older_of": ()}
        return self.model_copy(update=fresh)

    @property
    def mark(self) -> str:
        """Stands on every row of the present walk; rows with another are swept when it ends."""
        return f"{self.epoch}.{self.walks}" if self.walks else self.epoch

    def begun_walk(self, head: int) -> "Progress":
        """Remember where the server stood when a walk began, so that it can tell whether we miss something.

        Only a walk through everything counts: beside a gained scope, the others may lack what was collected long ago.
        """
        is_walk = self.walk_head is None and not any(self.cursors.values())
        return self.model_copy(update={"walk_head": head}) if is_walk else self

    def with_scopes(self, scopes_v: int, scopes: list[str]) -> "Progress":
        """Other scopes to read: those gained from the start, those lost no more."""
        cursors = {scope: self.cursors.get(scope, 0) for scope in scopes}
        return self.model_copy(update={"scopes_v": scopes_v, "cursors": cursors})

    def moved_to(self, cursors: Mapping[str, int]) -> "Progress":
        """Further in each scope; a cursor never goes back."""
        further = {scope: max(cursors.get(scope, 0), at) for scope, at in self.cursors.items()}
        new = {scope: at for scope, at in cursors.items() if scope not in further}
        return self.model_copy(update={"cursors": further | new})
