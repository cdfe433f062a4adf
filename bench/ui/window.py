"""Somebody before the app: a real session of Flet's, real controls and messages, and what each deed costs."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import flet as ft
from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page, context
from flet.messaging.session import Session

from bench.ui.line import Line, packed
from bench.ui.steps import Longest

TURN_S = 0.004
QUIET_TURNS = 25  # turns without a message or CPU worth the name, after which the app has said all
PHONE = {"route": "/", "width": 390, "height": 844, "web": False, "media": {}}
PHONE |= {"platform": ft.PagePlatform.ANDROID, "platform_brightness": ft.Brightness.LIGHT}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one deed took of this process, until the app had nothing more to say."""

    cpu_ms: float  # all threads
    first_ms: float  # of it until the client was told the first of what counts: a message of a kilobyte, or the last
    bytes: int  # to the client
    largest: int  # bytes of the largest message
    step_ms: float  # CPU of the longest single step of the loop that draws


@dataclass
class Window:
    """What a person sees and does."""

    page: ft.Page
    line: Line
    longest: Longest

    async def does(self, deed: Callable[[], Awaitable[object]]) -> Spent:
        """Do it, wait until the app is silent, and tell what it took."""
        await self.quiet()
        sent, cpu = len(self.line.sent), time.process_time_ns()
        self.longest.begin_anew()
        await deed()
        idle_ms = await self.quiet()
        told = self.line.sent[sent:]
        cpu_ms = (time.process_time_ns() - cpu) / 1e6 - idle_ms
        first = next((message for message in told if message.bytes >= 1_000), told[-1] if told else None)
        first_ms = (first.cpu_ns - cpu) / 1e6 if first else cpu_ms
        sizes = [message.bytes for message in told]
        return Spent(cpu_ms, first_ms, sum(sizes), max(sizes, default=0), self.longest.cpu_ms)

    async def quiet(self) -> float:
        """Wait until nothing happens any more; give the CPU that the last, silent turns took, in ms."""
        silent, idle = 0, 0.0
        while silent < QUIET_TURNS:
            heard, cpu = len(self.line.sent), time.process_time_ns()
            await asyncio.sleep(TURN_S)
            turn_ms = (time.process_time_ns() - cpu) / 1e6
            is_silent = len(self.line.sent) == heard and turn_ms < TURN_S * 500
            silent, idle = (silent + 1, idle + turn_ms) if is_silent else (0, 0.0)
        return idle

    async def types(self, text: str) -> None:
        """Put a text into the one field there is, as if all of it were typed in one breath."""
        box = next(control for control in self.controls() if isinstance(control, ft.TextField))
        self.line.session.apply_patch(box._i, {"value": text})
        await self.line.session.dispatch_event(box._i, "change", text)

    def texts(self) -> list[str]:
        """Every plain text that is drawn."""
        return [str(each.value) for each in self.controls() if isinstance(each, ft.Text)]

    def controls(self) -> Iterator[BaseControl]:
        """Everything on the view on top."""
        views: Any = self.page.views
        yield from _below((views._b if isinstance(views, Component) else views)[-1])


async def opened(main: Callable[[ft.Page], Any], longest: Longest) -> Window:
    """A window of the size of a phone on the app."""
    line = Line()
    line.session = Session(line)
    line.session.apply_page_patch(dict(PHONE))
    packed(line.session.get_page_patch())  # type: ignore[no-untyped-call]  # packing notes what the client knows
    _context_page.set(line.session.page)
    context.reset_auto_update()  # type: ignore[no-untyped-call]
    began = main(line.session.page)
    if inspect.isawaitable(began):
        await began
    await line.session.after_event(line.session.page)
    return Window(line.session.page, line, longest)


def _below(control: Any) -> Iterator[BaseControl]:
    if isinstance(control, list | tuple):
        for each in control:
            yield from _below(each)
    elif isinstance(control, Component):
        yield from _below(control._b)
    elif isinstance(control, BaseControl):
        yield control
        for name in control.__dataclass_fields__:
            if not name.startswith("_") and name not in ("page", "parent", "data"):
                value = getattr(control, name, None)
                if isinstance(value, BaseControl | list | tuple):
                    yield from _below(value)
