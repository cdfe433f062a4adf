"""A way of looking at the customers: which view, what it shows, what stands out; and the chips to choose by."""

import flet as ft

from field_app.actions import standings
from field_app.actions.customer_list import CustomerList, CustomerRow
from field_app.actions.customer_views import ALL, BUILT_IN, passes, standing_out
from field_app.actions.standings import Standing, Standings
from field_app.list_views import ListView, StandsOut
from field_app.screens.doing import Do
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
        self.told = UNTOLD
        self.pages = Pages(step)
        self.is_choosing = False

    async def read(self) -> None:
        """Learn how everybody stands now."""
        answer = await self.do.ask(standings.load)
        if not isinstance(answer, VisitError):
            self.told = answer

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
        await self.read()

    async def drop(self) -> None:
        """Forget the view that is shown."""
        name = self.view.name
        await self.do.act(lambda store: store.list_views.drop(name))
        self.look_at(ALL)
        await self.read()

    async def let_stand_out(self, rules: tuple[StandsOut, ...]) -> None:
        """Other things stand out from now on."""
        await self.do.act(lambda store: store.list_views.let_stand_out(rules))
        await self.read()


@ft.component
def view_chips(model: CustomerList, way: Way, look: Look) -> ft.Control:
    """The views that somebody is in, with how many, and the sign that opens the sheet; one line that moves sideways."""
    told, today = way.told, model.today
    views = (*BUILT_IN, *told.views)

    def count() -> list[int]:
        return [sum(passes(view, row, told.of(row.id), today) for row in model.rows) for view in views]

    counts = ft.use_memo(count, [model, told])
    by_key = {key_of(view): view for view in views}
    options = [
        Option(key_of(view), f"{name_of(view, look)} {number}")
        for view, number in zip(views, counts, strict=True)
        if number or view.name or key_of(view) in (key_of(ALL), key_of(way.view))
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
