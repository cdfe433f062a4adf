"""In and out of one window: the notice, the invite, the PIN, the lock. Nothing here raises at a screen."""

from collections.abc import Awaitable
from typing import Protocol

from field_app.actions.rescuing import RescueMade
from field_app.device import Device
from field_app.journal import Journal
from field_app.places import homes_of
from field_app.preferences import Preferences
from field_app.state import AppState, Stage
from visit_core.errors import VisitError
from visit_core.explain import explain
from visit_core.invite import Invite, parse_invite


class Inside(Protocol):
    """What lies behind the entrance."""

    async def come_in(self) -> VisitError | None:
        """The store is open: show what the person came for; gives why that cannot be shown."""

    async def go_out(self) -> None:
        """Forget what only who is inside may know."""

    async def prefer(self, preferences: Preferences) -> None:
        """Change how the person likes the app."""

    def say(self, said: str) -> None:
        """Tell the person something that passes."""


class Entrance:
    """The way in and out of one window."""

    def __init__(self, device: Device, state: AppState, journal: Journal, inside: Inside) -> None:
        self._device, self._state, self._journal, self._inside = device, state, journal, inside

    def first_stage(self) -> Stage:
        """What is asked of somebody who is not in."""
        if not self._state.preferences.has_read_notice:
            return "notice"
        return "unlock" if self._device.is_enrolled else "enrol"

    async def has_read_notice(self) -> None:
        """The person has been told what is kept of whom, and goes on."""
        await self._inside.prefer(self._state.preferences.model_copy(update={"has_read_notice": True}))
        self._state.stage = self.first_stage()

    async def enrol(self, invite: Invite | str, pin: str) -> VisitError | None:
        """Make this home the device of an invited person; gives why not."""
        try:
            read = parse_invite(invite) if isinstance(invite, str) else invite
        except VisitError as refused:
            return refused
        return await self._in_by(self._device.enrol(read, pin))

    async def unlock(self, pin: str) -> VisitError | None:
        """Open the app; gives why not, be it the damage for which the person has just left it."""
        return await self._in_by(self._device.unlock(pin))

    async def recover(self, code: str, pin: str) -> VisitError | None:
        """Open the app with an admin's one-time code and a new PIN; gives why not."""
        return await self._in_by(self._device.recover(code, pin))

    async def salvage(self, pin: str) -> VisitError | None:
        """Open a damaged store with all that can be read of it, and tell what that is; gives why not."""
        return await self._in_by(self._salvaged(pin))

    async def has_read_mended(self) -> None:
        """The person knows what a salvage brought back."""
        self._state.mended = None

    async def lock(self) -> None:
        """Close the store and ask for the PIN again."""
        await self._journal.write_out()
        await self._inside.go_out()
        self._state.stage = "unlock"
        self._state.stack, self._state.models = homes_of(self._state.role)[:1], {}
        self._state.damage = None
        await self._device.leave(self._inside)

    async def rescue_file(self) -> RescueMade | VisitError:
        """What only this device has, sealed for the organisation; or why there is no such file."""
        try:
            return await self._device.rescue_file()
        except VisitError as refused:
            return refused

    async def sign_out(self, *, but_photos: bool = False) -> None:
        """Take the person's store off this device, if nothing in it is unsent; `but_photos`: those are given up."""
        await self._journal.write_out()
        try:
            await self._device.sign_out(but_photos=but_photos)
        except VisitError as refused:
            self._inside.say(explain(refused, self._state.preferences.lang))

    async def to_salvage(self) -> None:
        """Out again to where a damaged store is salvaged: the PIN is needed for that."""
        damage = self._state.damage
        await self.lock()
        self._state.damage = damage

    async def _salvaged(self, pin: str) -> None:
        self._state.mended = await self._device.salvage(pin)
        self._state.damage = None

    async def _in_by(self, way: Awaitable[object]) -> VisitError | None:
        try:
            await way
        except VisitError as refused:
            return refused
        damage, self._state.damage = self._state.damage, None
        why_not = damage or await self._inside.come_in()
        if why_not is not None:
            await self._device.leave(self._inside)
        return why_not
