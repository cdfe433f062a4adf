"""What only the frame and the app's own screens may ask, beside the verbs of every screen."""

from typing import Protocol

from field_app.actions.rescuing import RescueMade
from field_app.preferences import Preferences
from field_app.screens.doing import Do
from field_app.state import AppState
from visit_core.errors import VisitError
from visit_core.invite import Invite


class LostNotice(Protocol):
    """The notice of a value that was overruled."""

    async def see(self, *, opened: bool) -> None:
        """The person closes it, or opens what it is about."""


class Entrance(Protocol):
    """The way in and out."""

    async def has_read_notice(self) -> None:
        """The person has been told what is kept of whom, and goes on."""

    async def enrol(self, invite: Invite | str, pin: str) -> VisitError | None:
        """Make this home the device of an invited person; gives why not."""

    async def unlock(self, pin: str) -> VisitError | None:
        """Open the app; gives why not."""

    async def recover(self, code: str, pin: str) -> VisitError | None:
        """Open the app with an admin's one-time code and a new PIN; gives why not."""

    async def salvage(self, pin: str) -> VisitError | None:
        """Open a damaged store with all that can be read of it, and tell what that is; gives why not."""

    async def to_salvage(self) -> None:
        """Out again to where a damaged store is salvaged: the PIN is needed for that."""

    async def has_read_mended(self) -> None:
        """The person knows what a salvage brought back."""

    async def lock(self) -> None:
        """Close the store and ask for the PIN again."""

    async def rescue_file(self) -> RescueMade | VisitError:
        """What only this device has, sealed for the organisation; or why there is no such file."""

    async def sign_out(self, *, but_photos: bool = False) -> None:
        """Take the person's store off this device, if nothing in it is unsent; `but_photos`: those are given up."""


class Steering(Do, Protocol):
    """In and out, and how a person likes the app."""

    state: AppState

    @property
    def overruled(self) -> LostNotice:
        """What a sync overruled, as far as it was not seen yet."""

    @property
    def entrance(self) -> Entrance:
        """In and out."""

    async def prefer(self, preferences: Preferences) -> None:
        """Change how the person likes the app."""
