"""What happened, one thing under the other: a sign in its colour on the line of time, what, when, in whose words."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.parts.words import Do, icon, one_line, quiet
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, XS, M, S
from field_app.theme.styles import quiet_ground
from field_app.theme.type import Role

DOT = 40
LINES = 2  # of title and of words; the rest is a tap away


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, in a person's words."""

    sign: ft.IconData
    tone: Tone
    title: str
    day: str
    words: str
    marks: tuple[ft.Control, ...] = ()


def event_row(event: Event, on_tap: Do | None, *, is_last: bool = False) -> ft.Control:
    """One thing on the line, which goes on to the next; with `on_tap` a tap opens it."""
    title = one_line(event.title)
    title.max_lines = LINES
    first = ft.Row([title, quiet(event.day)], spacing=S, vertical_alignment=ft.CrossAxisAlignment.START)
    said = quiet(event.words, Role.BODY)
    said.max_lines, said.overflow = LINES, ft.TextOverflow.ELLIPSIS
    below = [said] if event.words else []
    marks = [ft.Row(list(event.marks), spacing=6, wrap=True)] if event.marks else []
    lines: list[ft.Control] = [first, *below, *marks]
    middle = ft.Container(ft.Column(lines, spacing=2, tight=True), expand=True, padding=ft.Padding.only(bottom=20))
    goes_on = [] if is_last else [ft.Container(width=2, expand=True, bgcolor=Tone.LINE)]
    left = ft.Column([_dot(event), *goes_on], spacing=XS, horizontal_alignment=ft.CrossAxisAlignment.CENTER)
    line = ft.Row([left, middle], spacing=M, intrinsic_height=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)
    whole = ft.Container(line, padding=ft.Padding.only(bottom=XS), border_radius=RADIUS)
    if on_tap is None:
        return whole
    whole.ink, whole.on_click = True, on_tap
    return ft.Semantics(button=True, container=True, content=whole)


def _dot(event: Event) -> ft.Container:
    centre, ground = ft.Alignment.CENTER, quiet_ground(event.tone)
    return ft.Container(
        icon(event.sign, event.tone), width=DOT, height=DOT, border_radius=DOT / 2, bgcolor=ground, alignment=centre
    )
