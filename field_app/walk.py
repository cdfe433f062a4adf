"""From screen to screen: what is on top is read from the store; what lies below it is the way back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from field_app.actions.own_tables import OwnTableNamed, tables_named
from field_app.device import Device
from field_app.local_store import LocalStore
from field_app.places import Place, homes_of
from field_app.screens.register import BY_NAME
from field_app.state import AppState
from visit_core.errors import VisitError


class Walk:
    """Where a person is in one window, and how they got there."""

    def __init__(self, device: Device, state: AppState, refuse: Callable[[VisitError], None]) -> None:
        self._device, self._state, self._refuse = device, state, refuse

    async def go(self, place: Place) -> None:
        """Open a screen over this one."""
        if await self.show(place):
            self._state.stack = (*self._state.stack, place)

    async def back(self) -> None:
        """Close this screen; the one below is drawn anew."""
        if len(self._state.stack) > 1:
            self._state.stack = self._state.stack[:-1]
            await self.show(self._state.place)

    async def home(self, place: Place) -> None:
        """Go to one of the four places."""
        if await self.show(place):
            self._state.stack = (place,)

    async def lead(self, place: Place) -> None:
        """Show what a browser's Back, Forward or address asks for; where that is gone, all stays as it is."""
        stack = self._state.stack
        below = stack[: stack.index(place) + 1] if place in stack else ()
        home = (place,) if place in homes_of(self._state.role) else ()
        if place.screen in BY_NAME and await self.draw(place) is None:
            self._state.stack = below or home or (*stack, place)

    async def follow(self, wanted: Place) -> None:
        """Open what the window was opened for, if there is such a screen."""
        if wanted in homes_of(self._state.role):
            await self.home(wanted)
        elif wanted.screen in BY_NAME:
            await self.go(wanted)

    async def show(self, place: Place) -> bool:
        """Read a screen anew; why that cannot be is told in passing."""
        if refused := await self.draw(place):
            self._refuse(refused)
        return refused is None

    async def draw(self, place: Place) -> VisitError | None:
        """Read a screen anew; gives why that cannot be."""
        self._state.meeting = self._device.meeting  # screens tell of it, also when nothing else has changed
        try:
            model, self._state.own_tables = await self._device.run(partial(_read, place))
        except VisitError as refused:
            return refused
        self._state.models = {**self._state.models, place: model}
        return None


def _read(place: Place, store: LocalStore) -> tuple[Any, tuple[OwnTableNamed, ...]]:
    """What a screen shows, and what the organisation's own tables are called on it."""
    return BY_NAME[place.screen].load(store, place.about), tables_named(store)
