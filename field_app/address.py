"""The address line of a browser: it follows what is shown, and Back and Forward lead through the app.

A browser answers each address that it is told with the event that its own Back sends: what was told and not yet heard
is an echo, however late it comes.
"""

from contextlib import suppress
from typing import Protocol, cast

import flet as ft

from field_app.places import Place, homes_of, place_at
from field_app.state import AppState

START = "/"  # the first of a person's four places, and whoever is not in yet
NEWS = ("stack", "stage")


class Led(Protocol):
    """The app, as an address leads it."""

    state: AppState

    async def lead(self, place: Place) -> None:
        """Show what a browser's address asks for, if it can be shown."""


class Address:
    """The address of one window in a browser."""

    def __init__(self, page: ft.Page, app: Led) -> None:
        self._page, self._app = page, app
        self._told = page.route or START
        self._echoes: list[str] = []  # told, and not yet heard back
        self._is_telling = False
        self._listener = self._changed  # held here: what is observed holds it weakly

    def follow(self) -> None:
        """From now on the address says what is shown, and shows what it is made to say."""
        self._page.on_route_change = self._led
        cast(ft.Observable, self._app.state).subscribe(self._listener)

    def _changed(self, _state: object, field: str | None) -> None:
        if field in NEWS:
            self._tell()

    def _tell(self) -> None:
        if self._is_behind() and not self._is_telling:
            self._is_telling = True
            self._page.run_task(self._tell_until_it_is_so)

    async def _tell_until_it_is_so(self) -> None:
        try:
            while self._is_behind():
                self._told = _address_of(self._app.state)
                self._echoes.append(self._told)
                with suppress(RuntimeError, TimeoutError):  # nobody listens: it is told anew from the next screen on
                    await self._page.push_route(self._told)
        finally:
            self._is_telling = False

    def _is_behind(self) -> bool:
        return self._app.state.stage == "open" and self._told != _address_of(self._app.state)

    async def _led(self, event: ft.RouteChangeEvent) -> None:
        if event.route in self._echoes:
            del self._echoes[: self._echoes.index(event.route) + 1]
            return
        self._told = event.route
        self._echoes.clear()
        if self._app.state.stage != "open":
            return
        if self._page.pop_dialog() is None:  # what lies over a screen goes first
            await self._app.lead(_place_of(event.route, self._app.state.role))
        self._tell()


def _address_of(state: AppState) -> str:
    return START if state.stack == homes_of(state.role)[:1] else str(state.place)


def _place_of(address: str, role: str) -> Place:
    return homes_of(role)[0] if address == START else place_at(address)
