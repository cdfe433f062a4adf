"""One window as the system sees it: shown, resized, hidden, back again, gone; and how it looks."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import Protocol

import flet as ft

from field_app.address import Address
from field_app.device import Device
from field_app.places import Place
from field_app.preferences import Preferences
from field_app.screens.shell import shell
from field_app.screens.steering import Steering
from field_app.theme.material import dress
from visit_core.explain import sentence

LOOK_EVERY_S = 15.0


class Living(Steering, Protocol):
    """The app in a window."""

    device: Device

    async def lead(self, place: Place) -> None:
        """Show what a browser's address asks for, if it can be shown."""

    async def redraw(self) -> None:
        """Read again what is on top."""

    async def lock_if_idle(self) -> None:
        """Lock when nobody has touched this window for as long as the person allows."""


class Window:
    """Hears what happens to a page and tells its app."""

    def __init__(self, page: ft.Page, app: Living) -> None:
        self._page, self._app = page, app
        self._forget: Callable[[], None] = lambda: None

    def show(self) -> None:
        """Draw the first screen, and listen to the page and to the device."""
        page = self._page
        page.on_resize, page.on_view_pop = self._resized, self._popped
        page.on_connect, page.on_disconnect, page.on_close = self._back_again, self._away, self._gone
        page.on_app_lifecycle_state_change = self._lived
        self.wear(self._app.state.preferences)
        self._listen()
        if page.web:
            Address(page, self._app).follow()
        page.render_views(shell, self._app.state, self._app)
        self._watching = page.run_task(self._watch_idleness)
        if not page.web:
            self._connectivity = ft.Connectivity(on_change=self._network_changed)
            page.run_task(self._look_for_wifi)

    def wear(self, liked: Preferences) -> None:
        """Look as the person likes it."""
        page = self._page
        dress(page, liked.scale)
        page.theme_mode = ft.ThemeMode(liked.brightness)
        page.title = sentence("app.name", liked.lang)
        page.padding = 0
        locale = ft.Locale("zh", "CN") if liked.lang == "zh" else ft.Locale("en", "US")
        page.locale_configuration = ft.LocaleConfiguration([locale], locale)

    def redraw(self) -> None:
        """Draw anew from outside an event, where Flet must be told which page it is about."""
        if self._app.state.stage in ("open", "away"):
            self._page.run_task(self._app.redraw)

    def _listen(self) -> None:
        self._forget()
        self._forget = self._app.device.watch(self.redraw)

    def _resized(self, event: ft.PageResizeEvent) -> None:
        self._app.state.width = event.width

    async def _popped(self, _: ft.ViewPopEvent) -> None:
        await self._app.back()

    def _away(self, _: object) -> None:
        """The browser does not listen for now: it is told nothing."""
        self._forget()

    async def _back_again(self, _: object) -> None:
        self._listen()
        await self._app.redraw()

    async def _gone(self, _: object) -> None:
        """Closed for good, not only hidden for a while."""
        self._forget()
        self._watching.cancel()
        await self._app.device.leave(self._app)

    def _lived(self, event: ft.AppLifecycleStateChangeEvent) -> None:
        if event.state == ft.AppLifecycleState.RESUME:
            self._app.device.network_is_back()

    async def _look_for_wifi(self) -> None:
        with suppress(RuntimeError, TimeoutError, TypeError):  # a system that says nothing is as good as unknown
            self._app.device.is_on_wifi = is_wifi(await self._connectivity.get_connectivity())

    def _network_changed(self, event: ft.ConnectivityChangeEvent) -> None:
        self._app.device.is_on_wifi = is_wifi(event.connectivity)
        if ft.ConnectivityType.NONE not in event.connectivity:
            self._app.device.network_is_back()

    async def _watch_idleness(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            await self._app.lock_if_idle()


def is_wifi(networks: Collection[ft.ConnectivityType]) -> bool | None:
    """Whether what is sent now costs nobody by the byte; None where the system's words do not say."""
    if ft.ConnectivityType.WIFI in networks or ft.ConnectivityType.ETHERNET in networks:
        return True
    return False if ft.ConnectivityType.MOBILE in networks else None
