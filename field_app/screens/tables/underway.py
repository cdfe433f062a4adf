"""A long step on the store while it goes on: how far it has come, and the button that ends it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from typing import TypeVar

import flet as ft

from field_app.actions.heeding import Gauge, Heed
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import quiet, words
from field_app.theme.measures import BAR_RADIUS, S
from field_app.theme.type import Role

Answer = TypeVar("Answer")


@ft.observable
class Underway:
    """How far it has come. The step runs on the store's thread; what it tells is drawn on this loop."""

    def __init__(self) -> None:
        self.is_on, self.done, self.of = False, 0, 0
        self._gauge = Gauge()

    @property
    def is_keeping(self) -> bool:
        """Whether all rows are done and only the one commit is left, which cannot be stopped."""
        return bool(self.of) and self.done == self.of

    async def run(self, step: Callable[[Heed], Awaitable[Answer]]) -> Answer:
        """Begin the step and wait for its answer, without holding up anything."""
        self._gauge, loop, here = Gauge(), asyncio.get_running_loop(), copy_context()
        gauge = self._gauge
        self.is_on, self.done, self.of = True, 0, 0

        def heed(done: int, of: int) -> None:
            gauge(done, of)
            loop.call_soon_threadsafe(self._come, gauge, context=here)

        try:
            return await step(heed)
        finally:
            gauge.stop()
            self.is_on = False

    def stop(self) -> None:
        """End it at its next row; nothing is kept."""
        self._gauge.stop()

    def _come(self, gauge: Gauge) -> None:
        if gauge is self._gauge and self.is_on:
            self.done, self.of = gauge.done, gauge.of


def begun(step: Callable[..., Awaitable[None]], *given: object) -> Tap:
    """A tap that begins a step and does not wait for its end: other taps are heard meanwhile."""

    def begin() -> None:
        ft.context.page.run_task(step, *given)

    return begin


@ft.component
def underway_card(underway: Underway, said: str, look: Look) -> ft.Control:
    """What is going on, as a bar; with 取消 for as long as that is possible."""
    ft.use_state(underway)
    share = underway.done / underway.of if underway.of else None
    bar = ft.ProgressBar(value=share, bar_height=8, border_radius=BAR_RADIUS, semantics_label=said)
    count = look.says("tables.rows_done", done=underway.done, of=underway.of) if underway.of else ""
    told = look.says("tables.keeping") if underway.is_keeping else count
    stop = plain(look.says("tables.stop"), None if underway.is_keeping else underway.stop)
    foot = ft.Row([quiet(told, grows=True), stop])
    return card(ft.Column([words(said, Role.STRONG), bar, foot], spacing=S))
