"""Where a visit takes place: asked for in the background, taken whenever it comes, never waited for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import flet as ft
from pydantic import JsonValue

from field_app.drafts import KeptDraft
from visit_core.fields import Fields

Fix = dict[str, JsonValue]
"""What `check_in_fix` holds: {lat, lng, acc, age, provider, mock, sys}."""

FIELD = "check_in_fix"
LATER_THAN_UNDO_S = 9.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a device says it is: WGS-84 degrees, metres, and when it was there."""

    lat: float
    lng: float
    acc: float
    at_ms: int
    is_mock: bool = False


class Locator(Protocol):
    """What knows where the device is."""

    async def locate(self) -> Seen | None:
        """The present position, however long that takes; None where it cannot be had."""


@ft.observable
class Placed:
    """The position of one visit, as soon as there is one."""

    def __init__(self, fix: Fix | None = None) -> None:
        self.fix = fix


class Placing:
    """The positions of the visits that were begun in one window.

    `keep` takes a position that came after the save, for the record of that id.
    """

    def __init__(
        self,
        locator: Locator,
        keep: Callable[[str, Fix], Awaitable[object]],
        wait: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._locator, self._keep, self._wait = locator, keep, wait
        self._placed: dict[str, Placed] = {}  # by draft
        self._records: dict[str, str] = {}  # saved before the position was known, by draft
        self._asking: set[asyncio.Task[None]] = set()

    def of(self, draft: KeptDraft) -> Placed:
        """Where that visit is; the first call asks, unless it is known from before the app was closed."""
        known = self._placed.get(draft.id)
        if known is None:
            before = draft.given.get(FIELD)
            known = self._placed[draft.id] = Placed(before if isinstance(before, dict) else None)
            if known.fix is None:
                self._begin(self._ask(draft, known))
        return known

    def with_fix(self, draft: KeptDraft) -> KeptDraft:
        """The draft with its position, if that is known by now."""
        placed = self._placed.get(draft.id)
        if placed is None or placed.fix is None:
            return draft
        return draft.model_copy(update={"given": {**draft.given, FIELD: placed.fix}})

    def added(self, draft: KeptDraft, given: Fields) -> Fields:
        """What a form is saved with: of a new visit its position too, if that is known by now."""
        fix = self.with_fix(draft).given.get(FIELD)
        return {**given, FIELD: fix} if fix else given

    def saved(self, draft: KeptDraft, record: str) -> None:
        """It is a record now; if it is a new visit, a position that is still to come is for that."""
        if draft.kind == "visit" and not draft.record and self.of(draft).fix is None:
            self._records[draft.id] = record

    def forget(self) -> None:
        """The window is locked: nothing more is asked."""
        for task in self._asking:
            task.cancel()
        self._placed, self._records = {}, {}

    def _begin(self, asking: Awaitable[None]) -> None:
        task = asyncio.ensure_future(asking)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _ask(self, draft: KeptDraft, placed: Placed) -> None:
        seen = await self._locator.locate()
        if seen is None:
            return
        placed.fix = fix_of(seen, draft.begun_ms)
        record = self._records.get(draft.id)
        if record:
            await self._wait(LATER_THAN_UNDO_S)  # a save that is taken back takes its position along
            await self._keep(record, placed.fix)


def fix_of(seen: Seen, arrived_ms: int) -> Fix:
    """As a visit keeps it; `age` is how many seconds lie between the arrival and the position."""
    age = abs(seen.at_ms - arrived_ms) // 1000
    said: Fix = {"lat": round(seen.lat, 6), "lng": round(seen.lng, 6), "acc": round(seen.acc, 1), "age": age}
    return {**said, "provider": "device", "mock": seen.is_mock, "sys": "wgs84"}
