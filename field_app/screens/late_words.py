"""What came late for a customer who was merged into this one: taken over with a tap, or set aside by a supervisor."""

from functools import partial

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.actions.facts import Fact
from field_app.actions.latecomers import Late, set_aside, take_late
from field_app.screens.doing import Do
from field_app.screens.fact_words import fact_words
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import heading, quiet, words
from field_app.theme.measures import S
from field_app.theme.type import Role


def late_card(model: CustomerPage, do: Do, look: Look) -> list[ft.Control]:
    """One card for all of it; none where nothing came late."""
    if not model.late:
        return []
    head = [heading(look.says("late.title")), quiet(look.says("late.below"))]
    lines = [*head, *(_line(each, model, do, look) for each in model.late)]
    return [card(ft.Column(lines, spacing=S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))]


def _line(late: Late, model: CustomerPage, do: Do, look: Look) -> ft.Control:
    async def take() -> None:
        taking = partial(take_late, customer=model.id, other=late.other, field=late.spec.name)
        await do.act(taking, look.says("late.taken"))

    async def leave() -> None:
        leaving = partial(set_aside, customer=model.id, other=late.other, field=late.spec.name)
        await do.act(leaving, look.says("late.left"))

    value = fact_words(Fact(late.spec, late.value), look, model.today, model.name_by_id)
    said = words(look.says("value.edited", label=late.spec.asked.label(look.lang), value=value), Role.STRONG)
    away = [plain(look.says("late.leave"), leave)] if model.may_set_aside else []
    buttons = ft.Row([*away, plain(look.says("late.take"), take)], alignment=ft.MainAxisAlignment.END)
    return ft.Column([said, buttons], spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
