"""One window of the app: the verbs that screens ask for, over one device. Nothing here raises at a screen."""

import logging
from functools import partial
from typing import TypeVar

import flet as ft

from field_app.actions import drafting
from field_app.actions.drafting import Saved
from field_app.actions.pasts import FieldOf, Past
from field_app.actions.placing import place
from field_app.actions.validity import Validity, validity
from field_app.device import Device
from field_app.drafts import KeptDraft
from field_app.entrance import Entrance
from field_app.geolocator import PageLocator
from field_app.journal import Journal
from field_app.local_store import LocalStore, moment_at
from field_app.outside import PageOutside
from field_app.overruled import Overruled
from field_app.passing import Passing
from field_app.places import Place, homes_of, place_at
from field_app.position import Fix, Locator, Placing
from field_app.preferences import Preferences, keep_preferences, read_preferences
from field_app.screens.doing import Action, Errand
from field_app.state import AppState
from field_app.sync_loop import Meeting
from field_app.walk import Walk
from field_app.window import Window
from visit_core.errors import VisitError
from visit_core.explain import sentence
from visit_core.fields import Fields
from visit_core.shapes import Moment

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)

FORM_BY_KIND = {"visit": "visit", "custom_field": "own_field", "form_template": "form_version"}


class App:
    """One window."""

    def __init__(self, device: Device, page: ft.Page, locator: Locator | None = None) -> None:
        self.device = device
        self.state = AppState(preferences=read_preferences(device.place.home), width=page.width or 390)
        self._toast = Passing(self.state)
        self._walk = Walk(device, self.state, self._toast.refuse)
        self._journal = Journal(device.run)
        self.entrance = Entrance(device, self.state, self._journal, self)
        self.overruled = Overruled(self.ask, self.go, self.state)
        self._touched_ms = device.clock.mono_ms()
        self._asked = page.route or ""
        self.outside = PageOutside(page)
        self.placing = Placing(locator or PageLocator(page, device.clock), self._place_late)
        self._window = Window(page, self)

    def show(self) -> None:
        """Draw the first screen; from then on this window lives by itself."""
        self.state.stage = self.entrance.first_stage()
        self._window.show()

    # ---------------------------------------------------------------- in and out

    async def come_in(self) -> VisitError | None:
        """The store is open: show what the person came for; gives why that cannot be shown."""
        self._touch()
        self.device.entered(self)
        me = self.device.me
        self.state.role = me.role if me else ""
        self.state.stack = homes_of(self.state.role)[:1]
        if await self._is_away():
            return None
        await self.overruled.come_in()
        await self.ask(drafting.drop_untouched)
        if refused := await self._walk.draw(self.state.place):
            return refused
        self.state.stage = "open"
        wanted, self._asked = self._asked, ""
        await self._walk.follow(place_at(wanted))
        return None

    async def _is_away(self) -> bool:
        """Whether the device was away from its server for too long; then nothing of what it holds is drawn."""
        told = await self.ask(validity)
        self.state.meeting = self.device.meeting
        if not isinstance(told, Validity) or not told.is_over:
            return False
        self.state.models, self.state.away, self.state.stage = {}, told, "away"
        return True

    async def go_out(self) -> None:
        """Forget what only who is inside may know."""
        self.overruled.heard()
        self.placing.forget()

    async def lock_if_idle(self) -> None:
        """Lock when nobody has touched this window for as long as the person allows."""
        idle_ms = self.device.clock.mono_ms() - self._touched_ms
        if self.state.stage in ("open", "away") and idle_ms >= self.state.preferences.lock_after_min * 60_000:
            await self.entrance.lock()

    # ---------------------------------------------------------------- from screen to screen

    async def go(self, place: Place) -> None:
        """Open a screen over this one."""
        self._touch()
        await self._walk.go(place)

    async def back(self) -> None:
        """Close this screen; the one below is drawn anew."""
        self._touch()
        await self._walk.back()

    async def home(self, place: Place) -> None:
        """Go to one of the four places."""
        self._touch()
        await self._walk.home(place)

    async def lead(self, place: Place) -> None:
        """Show what a browser's Back, Forward or address asks for; where that is gone, all stays as it is."""
        self._touch()
        await self._walk.lead(place)

    async def redraw(self) -> None:
        """Read again what is on top; where the store was closed meanwhile, there is nothing to show any more."""
        if self.state.stage in ("open", "away") and self.device.is_open:
            was_away = self.state.stage == "away"
            if await self._is_away():
                return
            if was_away:
                await self.come_in()
                return
            await self._walk.show(self.state.place)
            await self.overruled.look()
        elif self.state.stage in ("open", "away"):
            self.state.stack, self.state.models = homes_of("")[:1], {}
            self.state.stage = self.entrance.first_stage()

    # ---------------------------------------------------------------- what is kept

    async def ask(self, action: Action[Answer]) -> Answer | VisitError:
        """Read something from the store without showing a refusal."""
        try:
            return await self.device.run(action)
        except VisitError as refused:
            return refused

    async def act(self, action: Action[Answer], said: str = "") -> Answer | VisitError:
        """Do something that is kept; then draw anew, say `said`, and let the sync begin soon."""
        self._touch()
        await self._journal.write_out()  # what is done now may let go of a form: no older state may come after
        answer = await self.ask(action)
        if isinstance(answer, VisitError):
            self._toast.refuse(answer)
            return answer
        self.device.saved(by=self._window.redraw)
        await self.redraw()
        if said:
            self.say(said)
        return answer

    async def reach(self, errand: Errand[Answer]) -> Answer | VisitError:
        """Do something with the server that is no sync; a refusal is told. Then draw anew."""
        self._touch()
        try:
            answer = await self.device.reach(errand)
        except VisitError as refused:
            self._toast.refuse(refused)
            return refused
        await self.redraw()
        return answer

    async def fetch_photo(self, photo: str) -> VisitError | None:
        """Have a photograph here that is not; gives why not, which nobody is told. Then draw anew."""
        try:
            await self.device.fetch_photo(photo)
        except VisitError as refused:
            return refused
        return None

    async def begin(self, kind: str, given: Fields, *, record: str = "") -> None:
        """Open a form: a new record of a kind, or `record` to be edited."""
        draft = await self.ask(lambda store: drafting.begin(store, kind, given, record=record))
        if isinstance(draft, VisitError):
            self._toast.refuse(draft)
            return
        await self.go(_form_of(draft))

    async def journal(self, draft: KeptDraft) -> None:
        """Keep a form as it is now; what is superseded before it was written is not written."""
        self._touch()
        self._journal.keep(self.placing.with_fix(draft))

    async def save(self, draft: KeptDraft, given: Fields, said: str = "") -> Saved | VisitError:
        """Make a form a record, close its screen and offer to take it back for eight seconds."""
        await self._journal.write_out()
        placed = self.placing.added(draft, given)
        saved = await self.ask(lambda store: drafting.save(store, draft, placed))
        if isinstance(saved, VisitError):
            return saved
        self.placing.saved(draft, saved.id)
        self.state.stack = tuple(p for p in self.state.stack if p != _form_of(draft)) or homes_of(self.state.role)[:1]
        self.device.saved(may_be_undone=bool(saved.places), by=self._window.redraw)
        await self.redraw()
        self._toast.tell_saved(said or await self._said_saved(), saved)
        return saved

    async def take_back(self) -> None:
        """Undo the last save, if it was not sent yet, and open its form again."""
        toast = self.state.toast
        if toast is None or toast.saved is None:
            return
        saved = toast.saved
        self._toast.end()
        if await self.ask(lambda store: drafting.take_back(store, saved)) is True:
            await self.go(_form_of(saved.draft))
        else:
            self.say(sentence("app.too_late", self.state.preferences.lang))

    async def _place_late(self, visit: str, fix: Fix) -> None:
        if await self.ask(partial(place, visit=visit, fix=fix)) is True:
            self.device.saved()

    async def _said_saved(self) -> str:
        waiting = await self.ask(LocalStore.waiting_records)
        return sentence(
            "app.saved_here", self.state.preferences.lang, waiting=waiting if isinstance(waiting, int) else 0
        )

    # ---------------------------------------------------------------- the rest

    async def sync(self) -> None:
        """Meet the server now."""
        self._touch()
        await self.device.meet()

    async def stop_sync(self) -> None:
        """Stop the sync that is going on; what has come so far stays."""
        self.device.stop_meeting()

    async def recall(self, which: FieldOf) -> Past | VisitError:
        """The past of a field as the server has it."""
        self._touch()
        try:
            return await self.device.recall(which)
        except VisitError as refused:
            return refused

    def meeting(self) -> Meeting:
        """How this device stands with its server."""
        return self.device.meeting

    async def prefer(self, preferences: Preferences) -> None:
        """Change how the person likes the app; it is drawn so at once."""
        self.state.preferences = preferences
        self._window.wear(preferences)
        await self.device.aside(partial(keep_preferences, self.device.place.home, preferences))

    def say(self, said: str) -> None:
        """Tell the person something that passes."""
        self._toast.say(said)

    def moment(self) -> Moment:
        """Now, for reading what is typed."""
        return moment_at(self.device.clock.wall_ms())

    def _touch(self) -> None:
        self._touched_ms = self.device.clock.mono_ms()


def _form_of(draft: KeptDraft) -> Place:
    """A new visit and some kinds have screens of their own; every other form is drawn from its declaration."""
    if draft.kind == "visit" and draft.record:
        return Place("form", draft.id)
    return Place(FORM_BY_KIND.get(draft.kind, "form"), draft.id)
