"""Keys that a screen at a desk hears while it is the one on top."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import flet as ft
from flet.components.component import Component

Hear = Callable[[str], Awaitable[None]]


@dataclass(eq=False, slots=True)
class Ear:
    """Who hears the next key, as long as the view that `within` stands in is on top."""

    page: ft.Page
    within: ft.Ref[ft.Container]
    hear: Hear

    async def pressed(self, event: ft.KeyboardEvent) -> None:
        """Pass a plain key on."""
        is_plain = not (event.ctrl or event.alt or event.meta)
        if is_plain and is_on_top(self.page, self.within.current):
            await self.hear(event.key)


@dataclass(eq=False, slots=True)
class Ears:
    """Passes every key of a page on to the screen that listens.

    The client sends keys from the first such screen on, and is never told to stop: a key that comes between two
    screens, before a slow client has heard that it is to send keys again, would be lost.
    """

    listening: Ear | None = None

    async def pressed(self, event: ft.KeyboardEvent) -> None:
        """Let the screen hear it."""
        if self.listening:
            await self.listening.pressed(event)


def use_keys(hear: Hear, within: ft.Ref[ft.Container]) -> None:
    """Let the screen that is drawn in `within` hear plain keys; always its latest drawing hears them."""
    page = ft.context.page
    ear, _ = ft.use_state(Ear(page, within, hear))
    ear.hear = hear

    def begin() -> None:
        _ears_of(page).listening = ear

    def end() -> None:
        if _ears_of(page).listening is ear:
            _ears_of(page).listening = None

    ft.use_effect(begin, [], end)


def _ears_of(page: ft.Page) -> Ears:
    ears = getattr(page.on_keyboard_event, "__self__", None)
    if not isinstance(ears, Ears):
        ears = Ears()
        page.on_keyboard_event = ears.pressed
    return ears


def is_on_top(page: ft.Page, control: ft.BaseControl | None) -> bool:
    """Whether nothing was opened over the screen that a control stands in: no view, and no screen at a desk."""
    while control is not None and not isinstance(control, ft.View):
        if isinstance(control, ft.Control) and control.disabled:
            return False
        control = control.parent
    return control is not None and control is _views(page)[-1]


def _views(page: ft.Page) -> list[ft.View]:
    """The open views; where a component draws them, Flet 1.0.5 has that component in the place of the list."""
    held: Any = page.views
    return held._b if isinstance(held, Component) else held  # type: ignore[no-any-return]
