"""A window on the app without a browser: real sessions, real controls and real messages, and no client behind them.

It uses Flet's own session, so it stands and falls with the pinned version. What a person does becomes the two
messages that a client sends: the property that changed, and the event. Nothing here waits for a clock.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Self

import flet as ft
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page, context
from flet.messaging.session import Session

from field_app.theme.measures import DESK_WIDTH
from tests.screens.fit import misfits
from tests.screens.line import Line, Sent, packed
from tests.screens.tree import below, name_of, tap_event, texts_of, uppermost

QUIET_TURNS = 12  # turns of the loop without a message after which the app has said all


@dataclass
class Window:
    """What a person sees and does. Every verb ends when the app has nothing more to say."""

    runner: asyncio.Runner
    line: Line
    page: ft.Page
    _last: int = field(default=0)

    @classmethod
    def on(
        cls,
        main: Callable[[ft.Page], Any],
        *,
        width: float = 390,
        height: float = 844,
        route: str = "/",
        web: bool = False,
        **answers: Any,
    ) -> Self:
        """Open the app in a window of that size."""
        told = {"route": route, "width": width, "height": height, "web": web, "media": {}}
        told |= {"platform": ft.PagePlatform.ANDROID, "platform_brightness": ft.Brightness.LIGHT}
        runner = asyncio.Runner()
        line = runner.run(_opened(main, told, answers))
        window = cls(runner, line, line.session.page)
        window.settle()
        return window

    def close(self) -> None:
        """Shut the window, in which everything was to be laid out, and large enough for a finger."""
        wrong = list(misfits(self.controls(), at_desk=(self.page.width or 0) >= DESK_WIDTH))
        self.line.executor.shutdown()
        self.runner.close()
        assert not wrong, wrong

    # ------------------------------------------------------------------ what one sees

    def controls(self) -> Iterator[BaseControl]:
        """Everything on the view on top and in dialogs, in the order it is drawn."""
        for top in (uppermost(self.page.views), self.page._dialogs.controls, self.page._overlay.controls):
            yield from below(top)

    def texts(self) -> list[str]:
        """Every text one can read, errors and help of fields too."""
        return [text for control in self.controls() for text in texts_of(control)]

    def sees(self, text: str) -> bool:
        """Whether a text stands anywhere."""
        return any(text in each for each in self.texts())

    def all(self, kind: type[Any]) -> list[Any]:
        """Every control of a class."""
        return [control for control in self.controls() if isinstance(control, kind)]

    def names(self) -> list[str]:
        """What can be tapped, by the name a screen reader gives it."""
        return [name_of(control) for control in self.controls() if tap_event(control)]

    def button(self, name: str) -> BaseControl:
        """What can be tapped under that name: the whole name if there is one, else a part of it."""
        tappable = [(name_of(control), control) for control in self.controls() if tap_event(control)]
        exact = [control for each, control in tappable if each == name]
        near = [control for each, control in tappable if name in each]
        assert exact or near, f"nothing to tap is called {name!r}: {[each for each, _ in tappable]}"
        return (exact or near)[0]

    def labelled(self, label: str, kind: type[Any]) -> Any:
        """The control of a class that a screen reader calls so."""
        under = [s for s in self.all(ft.Semantics) if s.label == label]
        found = [control for semantics in under for control in below(semantics) if isinstance(control, kind)]
        assert found, f"no {kind.__name__} is called {label!r}: {[s.label for s in self.all(ft.Semantics) if s.label]}"
        return found[0]

    # ------------------------------------------------------------------ what one does

    def tap(self, name: str) -> None:
        """Tap what bears that name."""
        self.at_once(self.tapped(name))

    def type(self, label: str, text: str) -> None:
        """Put a text into a field, as if all of it were typed in one breath."""
        self.at_once(self.typed(label, text))

    def leave(self, label: str) -> None:
        """Take the cursor out of a field."""
        self.at_once(Deed(self.labelled(label, ft.TextField), "blur"))

    def select(self, label: str, code: str) -> None:
        """Choose from a menu."""
        self.at_once(Deed(self.labelled(label, ft.Dropdown), "select", code, {"value": code}))

    def turn(self, label: str, value: bool) -> None:
        """Turn a switch."""
        self.at_once(Deed(self.labelled(label, ft.Switch), "change", value, {"value": value}))

    def address(self, address: str) -> None:
        """Change the address, as a browser's Back and Forward do."""

        async def change() -> None:
            self.line.leads_to(address)

        self.runner.run(change())
        self.settle()

    def tapped(self, name: str) -> "Deed":
        """A tap that is yet to be done."""
        control = self.button(name)
        event = tap_event(control)
        return Deed(control, event)

    def typed(self, label: str, text: str) -> "Deed":
        """A typed text that is yet to be sent."""
        return Deed(self.labelled(label, ft.TextField), "change", text, {"value": text})

    def at_once(self, *deeds: "Deed") -> None:
        """Send several deeds back to back: the app hears the next before it has drawn anything."""

        async def send() -> None:
            session = self.line.session
            heard: list[Awaitable[None]] = []
            for deed in deeds:
                session.apply_patch(deed.control._i, deed.changed)
                heard.append(asyncio.create_task(session.dispatch_event(deed.control._i, deed.event, deed.given)))
            await asyncio.gather(*heard)

        self._last = len(self.line.sent)
        self.runner.run(send())
        self.settle()

    def settle(self) -> None:
        """Go on until the app has been silent for a while; a crash in the app is a failure here."""

        async def wait() -> None:
            silent, heard = 0, len(self.line.sent)
            while silent < QUIET_TURNS:
                await asyncio.sleep(0)
                silent = silent + 1 if len(self.line.sent) == heard else 0
                heard = len(self.line.sent)

        self.runner.run(wait())
        assert not self.line.crashes, self.line.crashes[0]

    def answers(self) -> list[Sent]:
        """The messages that the last deed brought about."""
        return self.line.sent[self._last :]


@dataclass(frozen=True)
class Deed:
    """Something done to a control: the property it changes first, and the event."""

    control: BaseControl
    event: str
    given: Any = None
    changed: dict[str, Any] = field(default_factory=dict)


async def _opened(main: Callable[[ft.Page], Any], told: dict[str, Any], answers: dict[str, Any]) -> Line:
    """The line of a session that was registered and begun in the order in which Flet's server does it."""
    line = Line(answers)
    line.page_url = "http://127.0.0.1"
    line.session = Session(line)
    line.session.apply_page_patch(told)
    packed(line.session.get_page_patch())
    _context_page.set(line.session.page)
    context.reset_auto_update()
    began = main(line.session.page)
    if inspect.isawaitable(began):
        await began
    await line.session.after_event(line.session.page)
    return line
