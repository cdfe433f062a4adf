"""The quick outcome of a call: one tap where that says all, a day to come again where nobody could talk."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import flet as ft

from field_app.actions.door import Door
from field_app.actions.quick import ANOTHER_TIME, AT_ONCE, Quick
from field_app.actions.visiting import another_time, kept_now
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.next_stop import arrival
from field_app.screens.outcomes import outcome_options
from field_app.screens.parts.button import tonal
from field_app.screens.parts.choice import Choose, Option, columns_of, grid
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.words import heading, one_line, quiet
from field_app.theme.colours import SCRIM, Tone
from field_app.theme.measures import CARD_RADIUS, MARGIN, XL, L, S
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.explain import explain
from visit_core.picklists import OUTCOME

STRETCHED = ft.CrossAxisAlignment.STRETCH


@ft.component
def quick_screen(model: Quick, do: Do, look: Look) -> ft.Control:
    """Outcomes first; the days, once an outcome is chosen that asks for one."""
    outcome, choose = ft.use_state(model.outcome)
    parts = _days(model, outcome, do, look) if outcome else _outcomes(model, choose, do, look)
    title = OUTCOME.label(outcome, look.lang) if outcome else look.says("quick.title")
    bar = top_bar(title, look.says("quick.close"), do.back, closes=True)
    who = ft.Column(_who(model.door), spacing=0)
    return sheet(bar, ft.Column([who, *parts], spacing=L, horizontal_alignment=STRETCHED), look)


def _who(door: Door) -> list[ft.Control]:
    where = [one_line(door.address, Role.SECOND, Tone.INK2, grows=False)] if door.address else []
    return [one_line(door.name, Role.TITLE, grows=False), *where]


def sheet(bar: ft.Control, content: ft.Control, look: Look) -> ft.Control:
    """On a phone it stands at the bottom, by the thumb, and scrolls where it is higher than the window."""
    inside = ft.Container(content, padding=ft.Padding(MARGIN, S, MARGIN, XL))
    corners = ft.BorderRadius.vertical(top=CARD_RADIUS) if not look.is_desk else None
    ground = ft.Container(ft.Column([bar, inside], spacing=0), bgcolor=Tone.CARD, border_radius=corners)
    body = ft.ListView([ground], reverse=not look.is_desk, expand=True)
    return ft.Container(middle(body, look), bgcolor=Tone.PAGE if look.is_desk else SCRIM, expand=True)


def _outcomes(model: Quick, choose: Choose, do: Do, look: Look) -> list[ft.Control]:
    async def take(code: str) -> None:
        if code in ANOTHER_TIME and code not in AT_ONCE:
            choose(code)
        elif code in AT_ONCE:
            await keep(model, code, _next_day(model, code), do, look)
        else:
            await do.back()
            await do.begin("visit", {**arrival(model.door.customer_id, do), "outcome": code})

    options = outcome_options(look, all_of_them=True)
    tiles = grid(options, None, soon(take), columns=columns_of(options, look), tall=True)
    return [quiet(look.says("quick.hint")), tiles]


def _days(model: Quick, outcome: str, do: Do, look: Look) -> list[ft.Control]:
    days = {day.isoformat(): name for name, day in another_time(model.today).items()}
    options = [
        Option(day, f"{look.says(f'when.{name}')}\n{day_words(day, look, model.today)}") for day, name in days.items()
    ]

    async def take(day: str) -> None:
        await keep(model, outcome, day, do, look)

    async def no_day() -> None:
        await keep(model, outcome, "", do, look)

    tiles = grid(options, None, soon(take), columns=columns_of(options, look), tall=True)
    none = tonal(look.says("quick.no_day"), no_day)
    return [heading(look.says("quick.when")), tiles, none]


def soon(take: Callable[[str], Coroutine[Any, Any, None]]) -> Choose:
    """A choice that is more than a step on the screen."""
    return lambda code: ft.context.page.run_task(take, code)


async def keep(model: Quick, outcome: str, day: str, do: Do, look: Look) -> None:
    """Save the visit as it is now, and leave."""
    await do.back()
    draft = await do.ask(partial(kept_now, outcome=outcome, customer_id=model.door.customer_id, next_date=day))
    if not isinstance(draft, VisitError):
        saved = await do.save(draft, {**draft.given, "check_out_at": draft.given["check_in_at"]})
        draft = saved if isinstance(saved, VisitError) else draft
    if isinstance(draft, VisitError):
        do.say(explain(draft, look.lang, kind="visit"))


def _next_day(model: Quick, outcome: str) -> str:
    """Where nobody was at home, one comes again the next day, unless another is chosen."""
    return another_time(model.today)["tomorrow"].isoformat() if outcome in ANOTHER_TIME else ""
