"""Long lists come a page of fifty at a time, and a page travels in steps: no message is more than a phone bears."""

import asyncio
from collections.abc import Sequence
from typing import TypeVar

import flet as ft

PAGE = 50
STEP = 10  # rows in one message, unless they are larger than most
NEAR_END = 600  # pixels before the end at which the next page is fetched
TURNS = 4  # of the loop, in which a step is sent

Row = TypeVar("Row")


@ft.observable
class Pages:
    """How many rows of a list are drawn by now, and how many are wanted."""

    def __init__(self, step: int = STEP) -> None:
        self._in_one = step
        self.begin_anew()

    def begin_anew(self) -> None:
        """It is another list now."""
        self.shown, self._wanted, self._is_filling = self._in_one, PAGE, False

    def of(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows that are drawn."""
        return rows[: self.shown]

    def more(self, total: int) -> None:
        """Draw one page more, if there is one."""
        if self._wanted <= self.shown < total:
            self._wanted += PAGE
            self.fill(total)

    def fill(self, total: int) -> None:
        """Draw what is wanted and not yet drawn, soon."""
        if self.shown < min(self._wanted, total) and not self._is_filling:
            self._is_filling = True
            ft.context.page.run_task(self._step, total)

    async def _step(self, total: int) -> None:
        while self._is_filling and self.shown < min(self._wanted, total):
            self.shown = min(self.shown + self._in_one, self._wanted)
            for _ in range(TURNS):
                await asyncio.sleep(0)
        self._is_filling = False


def paged(body: ft.ListView, pages: Pages, total: int) -> ft.ListView:
    """A list that fills its page once it is there, and asks for the next when its end comes near."""

    def scrolled(event: ft.OnScrollEvent) -> None:
        if event.pixels >= event.max_scroll_extent - NEAR_END:
            pages.more(total)

    pages.fill(total)
    body.on_scroll, body.scroll_interval = scrolled, 100
    return body
