"""The app behind a screen, for tests: actions run at once on a real store, and what was asked is written down."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from field_app.actions import drafting
from field_app.actions.bringing_in import Picked
from field_app.actions.drafting import Saved
from field_app.actions.pasts import FieldOf, Past, told_by_server
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore
from field_app.photo import Photo
from field_app.places import Place
from field_app.position import Fix, Placing, Seen
from field_app.remote import Remote
from field_app.sync import at_once
from field_app.sync_loop import Meeting
from visit_core.errors import Unreachable, VisitError
from visit_core.fields import Fields
from visit_core.protocol import FieldPast
from visit_core.shapes import Moment


@dataclass
class FakeOutside:
    """A system that can do everything, unless it is said that it cannot; what it was handed is written down."""

    copied: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)
    saved: dict[str, bytes] = field(default_factory=dict)
    to_pick: Picked | None = None
    photos: list[Photo | VisitError] = field(default_factory=list)
    can: bool = True

    async def copy(self, text: str) -> None:
        self.copied.append(text)

    async def call(self, number: str) -> bool:
        self.called.append(number)
        return self.can

    async def save_file(self, name: str, content: bytes) -> bool:
        self.saved[name] = content
        return self.can

    async def pick_file(self) -> Picked | None:
        return self.to_pick

    async def pick_photos(self, chosen: Callable[[], object]) -> list[Photo | VisitError]:
        if self.photos:
            chosen()
        return self.photos

    async def lead_to(self, address: str) -> bool:
        self.led.append(address)
        return self.can


@dataclass
class FakeLocator:
    """A phone that says where it is when a test lets it: at once, later, or never."""

    seen: Seen | None = None
    is_known: asyncio.Event = field(default_factory=asyncio.Event)
    asked: int = 0

    async def locate(self) -> Seen | None:
        self.asked += 1
        await self.is_known.wait()
        return self.seen

    def says(self, seen: Seen | None) -> None:
        """From now on it knows."""
        self.seen = seen
        self.is_known.set()


async def never(visit: str, fix: Fix) -> None:
    """No visit is saved before its position is known here."""
    raise AssertionError(visit)


@dataclass
class Doing:
    """Every verb a screen may ask for; nothing is drawn."""

    store: LocalStore
    went: list[Place] = field(default_factory=list)
    begun: list[KeptDraft] = field(default_factory=list)
    saved: list[Saved] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    outside: FakeOutside = field(default_factory=FakeOutside)
    placing: Placing = field(default_factory=lambda: Placing(FakeLocator(), never))
    backs: int = 0
    syncs: int = 0
    server: Remote | None = None  # whom `reach` reaches

    to_fetch: dict[str, bytes] = field(default_factory=dict)  # photographs that the server has
    fetched: list[str] = field(default_factory=list)
    told: FieldPast | None = None  # what the server answers of a field's past; None: there is no network

    async def go(self, place: Place) -> None:
        self.went.append(place)

    async def back(self) -> None:
        self.backs += 1

    async def home(self, place: Place) -> None:
        self.went.append(place)

    async def ask(self, action: Callable[[LocalStore], Any]) -> Any:
        try:
            return action(self.store)
        except VisitError as refused:
            return refused

    async def act(self, action: Callable[[LocalStore], Any], said: str = "") -> Any:
        answer = await self.ask(action)
        if said and not isinstance(answer, VisitError):
            self.say(said)
        return answer

    async def reach(self, errand: Callable[..., Any]) -> Any:
        assert self.server
        try:
            return await errand(self.store, self.server, at_once)
        except VisitError as refused:
            return refused

    async def fetch_photo(self, photo: str) -> VisitError | None:
        self.fetched.append(photo)
        if photo not in self.to_fetch:
            return Unreachable()
        self.store.attachments.keep(photo, self.to_fetch[photo])
        return None

    async def begin(self, kind: str, given: Fields, *, record: str = "") -> None:
        self.begun.append(drafting.begin(self.store, kind, given, record=record))

    async def journal(self, draft: KeptDraft) -> None:
        drafting.journal(self.store, draft)

    async def save(self, draft: KeptDraft, given: Fields, said: str = "") -> Saved | VisitError:
        saved = await self.ask(lambda store: drafting.save(store, draft, given))
        if isinstance(saved, Saved):
            self.saved.append(saved)
            self.say(said)
        answer: Saved | VisitError = saved
        return answer

    async def take_back(self) -> None:
        drafting.take_back(self.store, self.saved[-1])

    async def sync(self) -> None:
        self.syncs += 1

    async def recall(self, which: FieldOf) -> Past | VisitError:
        if self.told is None:
            return Unreachable()
        return told_by_server(self.store, which, self.told)

    def meeting(self) -> Meeting:
        return Meeting()

    def say(self, said: str) -> None:
        self.said.append(said)

    def moment(self) -> Moment:
        return self.store.moment()


@dataclass
class Slow(Doing):
    """A store that is busy until a test lets it go on."""

    may_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, action: Callable[[LocalStore], Any]) -> Any:
        await self.may_go.wait()
        return await Doing.ask(self, action)
