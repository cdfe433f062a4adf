"""What a screen may ask of the app. Screens know this and the actions' read models, and nothing behind them."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from field_app.actions.bringing_in import Picked
from field_app.actions.drafting import Saved
from field_app.actions.pasts import FieldOf, Past
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore
from field_app.photo import Photo
from field_app.places import Place
from field_app.position import Placing
from field_app.remote import Remote
from field_app.sync import Run
from field_app.sync_loop import Meeting
from visit_core.errors import VisitError
from visit_core.fields import Fields
from visit_core.shapes import Moment

Answer = TypeVar("Answer")
Action = Callable[[LocalStore], Answer]
"""A step on the store, from `field_app.actions` with its arguments filled in; it runs on the store's own thread."""

Errand = Callable[[LocalStore, Remote, Run], Awaitable[Answer]]
"""Something from `field_app.actions` that needs the server at once; the store is used only by way of `Run`."""


class Outside(Protocol):
    """What a screen may hand to the system."""

    async def copy(self, text: str) -> None:
        """Put a text on the clipboard."""

    async def call(self, number: str) -> bool:
        """Offer to call a number; False where nothing can."""

    async def save_file(self, name: str, content: bytes) -> bool:
        """Offer to keep a file where the person likes, in a browser as a download; False where nothing was kept."""

    async def pick_file(self) -> Picked | None:
        """Let the person choose a file; None where none was chosen. Its content ends where no import would take it."""

    async def pick_photos(self, chosen: Callable[[], object]) -> list[Photo | VisitError]:
        """Let the person take or choose pictures; each made small and bare, or why it is none.

        `chosen` is told when they are chosen and the work begins.
        """

    async def lead_to(self, address: str) -> bool:
        """Show the way in the map app the person has; False where nothing can."""


class Do(Protocol):
    """The verbs of the app. A refusal is shown to the person by the app and given back; nothing is raised."""

    @property
    def outside(self) -> Outside:
        """The system around the app."""

    @property
    def placing(self) -> Placing:
        """Where visits take place, as far as that is known by now."""

    async def go(self, place: Place) -> None:
        """Open a screen over this one."""

    async def back(self) -> None:
        """Close this screen."""

    async def home(self, place: Place) -> None:
        """Go to one of the four places."""

    async def ask(self, action: Action[Answer]) -> Answer | VisitError:
        """Read something from the store without showing a refusal."""

    async def act(self, action: Action[Answer], said: str = "") -> Answer | VisitError:
        """Do something that is kept; then draw anew, say `said`, and let the sync begin soon."""

    async def reach(self, errand: Errand[Answer]) -> Answer | VisitError:
        """Do something with the server that is no sync; a refusal is told. Then draw anew."""

    async def fetch_photo(self, photo: str) -> VisitError | None:
        """Have a photograph here that is not; gives why not, which nobody is told. Then draw anew."""

    async def begin(self, kind: str, given: Fields, *, record: str = "") -> None:
        """Open a form: a new record of a kind, or `record` to be edited."""

    async def journal(self, draft: KeptDraft) -> None:
        """Keep a form as it is now; what is superseded before it was written is not written."""

    async def save(self, draft: KeptDraft, given: Fields, said: str = "") -> Saved | VisitError:
        """Make a form a record, close its screen and offer to take it back for eight seconds."""

    async def take_back(self) -> None:
        """Undo the last save, if it was not sent yet, and open its form again."""

    async def sync(self) -> None:
        """Meet the server now."""

    async def stop_sync(self) -> None:
        """Stop the sync that is going on; what has come so far stays."""

    async def recall(self, which: FieldOf) -> Past | VisitError:
        """The past of a field as the server has it."""

    def meeting(self) -> Meeting:
        """How this device stands with its server."""

    def say(self, said: str) -> None:
        """Tell the person something that passes."""

    def moment(self) -> Moment:
        """Now, for reading what is typed."""
