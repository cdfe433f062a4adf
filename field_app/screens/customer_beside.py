"""The chosen customer beside the table: the page as a phone has it, read anew when the choice or the list changes."""

from dataclasses import replace
from functools import partial

import flet as ft

from field_app.actions import customer_page
from field_app.actions.customer_page import CustomerPage
from field_app.places import Place
from field_app.screens.customer import customer_body, customer_foot
from field_app.screens.customer_choice import Course
from field_app.screens.customer_reading import Reading
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.words import quiet
from field_app.theme.colours import Tone
from field_app.theme.measures import XS, L

PANE = 400
NOTHING: CustomerPage | None = None


def pane_width(look: Look) -> float:
    """How wide the pane is."""
    return PANE * min(look.scale, 1.25)


@ft.component
def customer_beside(course: Course, do: Do, look: Look) -> ft.Control:
    """Whoever is chosen; until they are read, whoever was."""
    read, show = ft.use_state(NOTHING)
    about = course.customer.id if course.customer else ""
    reading, _ = ft.use_state(Reading(about, do, by_mouse=True))

    async def load() -> None:
        answer = await do.ask(partial(customer_page.load, about=about))
        if reading.eyes.record != about:
            reading.turn_to(about)
        show(answer if isinstance(answer, CustomerPage) else None)

    ft.use_effect(load, [about, course.model])
    narrow = replace(look, width=pane_width(look))
    parts = [_bar(course, do, look), *(_page(read, reading, do, narrow) if read else [])]
    held = ft.Container(ft.Column(parts, spacing=0, expand=True), width=narrow.width, bgcolor=Tone.CARD)
    held.border = ft.Border.only(left=ft.BorderSide(1, Tone.LINE))
    return held


def _page(read: CustomerPage, reading: Reading, do: Do, look: Look) -> list[ft.Control]:
    body = ft.Container(customer_body(read, reading, do, look), expand=True, bgcolor=Tone.PAGE, key=read.id)
    return [body, customer_foot(read, do, look)]


def _bar(course: Course, do: Do, look: Look) -> ft.Control:
    """Which of how many, one before, one after, and the whole page."""

    async def show_whole() -> None:
        if course.customer:
            await do.go(Place("customer", course.customer.id))

    place = quiet(f"{course.at + 1}/{len(course.visible)}", grows=True)
    up = sign_button(ft.Icons.KEYBOARD_ARROW_UP_ROUNDED, look.says("customers.previous"), lambda: course.move(-1))
    down = sign_button(ft.Icons.KEYBOARD_ARROW_DOWN_ROUNDED, look.says("customers.next"), lambda: course.move(1))
    whole = sign_button(ft.Icons.OPEN_IN_FULL_ROUNDED, look.says("customers.whole"), show_whole, size=20)
    return ft.Container(ft.Row([place, up, down, whole], spacing=0), padding=ft.Padding(L, XS, XS, 0))
