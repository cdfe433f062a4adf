"""提醒: what is late first, then today, then later; two taps settle each."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import flet as ft

from field_app.actions.promises import Promise
from field_app.actions.reminders import Reminders, done, snoozed
from field_app.places import TODAY, Place
from field_app.screens.days import clock_words, day_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import words
from field_app.screens.promise_words import promise_words
from field_app.theme.colours import Tone
from field_app.theme.measures import L
from field_app.theme.type import Role

I = ft.Icons  # noqa: E741 -- signs are named often


@ft.component
def reminders_screen(model: Reminders, do: Do, look: Look) -> ft.Control:
    """All that was promised, by when it is due."""
    pages, _ = ft.use_state(Pages())
    parts = [_group(*each, model.today, do, look) for each in in_groups(pages.of(model.told), model.today)]
    body = paged(page_body(*parts or [_nothing(do, look)], gap=L), pages, len(model.told))
    count = look.says("reminders.count", count=len(model.told)) if model.told else ""
    head = middle(page_header(look.says("nav.reminders"), count), look, grows=False)
    return ft.Column([head, middle(body, look)], spacing=0, expand=True)


def in_groups(told: Sequence[Promise], today: date) -> list[tuple[str, list[Promise]]]:
    """Late, today, later; what is due on no certain day comes with the later ones. Empty groups are left out."""
    groups: dict[str, list[Promise]] = {"late": [], "today": [], "later": []}
    for each in told:
        day = each.due or date.max
        groups["late" if day < today else "today" if day == today else "later"].append(each)
    return [(name, members) for name, members in groups.items() if members]


def _group(name: str, told: Sequence[Promise], today: date, do: Do, look: Look) -> ft.Control:
    tone = Tone.ATTENTION if name == "late" else Tone.INK2
    title = words(look.says(f"reminders.{name}"), Role.LABEL, tone)
    header = ft.Semantics(header=True, heading_level=2, content=title)
    rows = group([_row(each, name == "late", today, do, look) for each in told])
    return ft.Column([header, rows], spacing=8)


def _row(told: Promise, is_late: bool, today: date, do: Do, look: Look) -> ft.Control:
    async def open_customer() -> None:
        await do.go(Place("customer", told.customer_id))

    async def kept() -> None:
        await do.act(partial(done, followup_id=told.id), look.says("reminders.kept"))

    async def wait() -> None:
        await do.act(partial(snoozed, followup_id=told.id), look.says("reminders.waits"))

    who = told.customer or told.title
    later = sign_button(I.SNOOZE_ROUNDED, look.says("reminders.snooze", name=who), wait)
    ready = sign_button(I.CHECK_ROUNDED, look.says("reminders.done", name=who), kept, tone=Tone.PRIMARY)
    tail = ft.Row([later, ready], spacing=0, tight=True)
    tone = Tone.ATTENTION if is_late else Tone.INK2
    below = _below(told, today, look)
    go = open_customer if told.customer_id else None
    return row(who, below, tone=tone, tail=tail, on_tap=go, is_stacked=look.is_large)


def _below(told: Promise, today: date, look: Look) -> str:
    day = day_words(told.due.isoformat(), look, today) if told.due and told.due != today else ""
    when = " ".join(filter(None, (day, clock_words(told.at))))
    return "·".join(filter(None, (when, promise_words(told, look) if told.customer else "")))


def _nothing(do: Do, look: Look) -> ft.Control:
    async def go_today() -> None:
        await do.home(TODAY)

    return empty(
        look.says("reminders.nothing"), I.NOTIFICATIONS_NONE_ROUNDED, look.says("reminders.to_today"), go_today
    )
