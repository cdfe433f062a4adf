"""A way of looking at the customers: which view, what it shows, what stands out; and the chips to choose by."""

from collections.abc import Mapping
from functools import partial

import flet as ft

from field_app.actions import standings
from field_app.actions.customer_list import CustomerList, CustomerRow
from field_app.actions.customer_views import ALL, BUILT_IN, standing_out
from field_app.actions.standings import Standing, Standings
from field_app.actions.view_counts import counts_here
from field_app.list_views import ListView, StandsOut
from field_app.local_store import LocalStore
from field_app.screens.doing import Do
from field_app.screens.kept_rows import KeptRows
from field_app.screens.look import Look
from field_app.screens.paging import STEP, Pages
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.choice import Option, chips
from field_app.theme.colours import ATTENTION, DANGER, INFO, SUCCESS, Meaning, Tone
from field_app.theme.measures import S
from visit_core.errors import VisitError

MEANINGS = {"danger": DANGER, "attention": ATTENTION, "success": SUCCESS, "info": INFO}
UNTOLD = Standings({})


@ft.observable
class Way:
    """What is chosen of the customers; what stands out is read after the list itself, which comes first."""

    def __init__(self, do: Do, step: int = STEP) -> None:
        self.do = do
        self.view: ListView = ALL
        self._model: CustomerList | None = None
        self.told = UNTOLD
        self.counts: Mapping[ListView, int] = {}
        self.pages = Pages(step)
        self.rows = KeptRows()
        self.is_choosing = False

    async def read(self, model: CustomerList) -> None:
        """Learn how everybody stands now, and how many each view shows."""
        self._model = model
        await self._learn()

    def look_at(self, view: ListView) -> None:
        """Show another view."""
        self.view = view
        self.pages.begin_anew()

    def open(self) -> None:
        """Show the sheet on which a view is put together."""
        self.is_choosing = True

    def close(self) -> None:
        """Leave the sheet."""
        self.is_choosing = False

    async def keep(self, name: str) -> None:
        """Keep the view as it is under a name."""
        named = self.view.model_copy(update={"name": name.strip(), "code": ""})
        await self.do.act(lambda store: store.list_views.keep(named))
        self.view = named
        await self._learn()

    async def drop(self) -> None:
        """Forget the view that is shown."""
        name = self.view.name
        await self.do.act(lambda store: store.list_views.drop(name))
        self.look_at(ALL)
        await self._learn()

    async def let_stand_out(self, rules: tuple[StandsOut, ...]) -> None:
        """Other things stand out from now on."""
        await self.do.act(lambda store: store.list_views.let_stand_out(rules))
        await self._learn()

    async def _learn(self) -> None:
        """Counted beside the loop that draws: it goes through every customer once a view."""
        answer = await self.do.ask(partial(_told, self._model)) if self._model else None
        if answer and not isinstance(answer, VisitError):
            self.told, self.counts = answer


def _told(model: CustomerList, store: LocalStore) -> tuple[Standings, Mapping[ListView, int]]:
    told = standings.load(store)
    return told, counts_here(store, (*BUILT_IN, *told.views), model.rows, told)


@ft.component
def view_chips(model: CustomerList, way: Way, look: Look) -> ft.Control:
    """The views that somebody is in, with how many, and the sign that opens the sheet; one line that moves sideways."""
    by_key = {key_of(view): view for view in (*BUILT_IN, *way.told.views)}
    numbers = {ALL: len(model.rows), **way.counts}
    options = [
        Option(key, f"{name_of(view, look)} {numbers.get(view, 0)}")
        for key, view in by_key.items()
        if numbers.get(view) or view.name or key in (key_of(ALL), key_of(way.view))
    ]
    line = chips(options, [key_of(way.view)], lambda key: way.look_at(by_key[key]))
    line.wrap, line.scroll, line.expand = False, ft.ScrollMode.HIDDEN, True
    is_own = key_of(way.view) not in by_key
    tone, ground = (Tone.ON_TINT, Tone.TINT) if is_own else (Tone.INK2, Tone.FILL)
    tune = sign_button(ft.Icons.TUNE_ROUNDED, look.says("list.choose"), way.open, tone=tone, ground=ground)
    return ft.Row([tune, line], spacing=S)


def key_of(view: ListView) -> str:
    """What a view is known by; one that was put together and has no name is like no other."""
    if view.name:
        return f"own.{view.name}"
    return view.code or repr(view)


def name_of(view: ListView, look: Look) -> str:
    """What a view is called."""
    return view.name or look.says(f"customers.only.{view.code}")


def meaning_of(row: CustomerRow, told: Standings, model: CustomerList) -> Meaning | None:
    """In whose colours a customer stands out."""
    rule = standing_out(row, told, model.today)
    return MEANINGS[rule.colour] if rule else None


def standing_words(standing: Standing, model: CustomerList, look: Look) -> list[tuple[str, Meaning]]:
    """What the colour says, in words: a grade, and for how long a promise is overdue."""
    grade = [(look.says("list.grade", grade=standing.grade), SUCCESS)] if standing.grade == "A" else []
    if standing.overdue is None:
        return grade
    return [*grade, (look.says("list.overdue", days=(model.today - standing.overdue).days), DANGER)]
