"""The one row of the whole app: an icon, words, and at most one thing at the right."""

import flet as ft

from field_app.screens.parts.words import Do, icon, one_line, quiet, words
from field_app.theme.colours import Tone
from field_app.theme.measures import L, M
from field_app.theme.type import Role


def row(
    title: str | ft.Control,
    below: str = "",
    *,
    lead: ft.IconData | ft.Control | None = None,
    tone: Tone = Tone.INK2,
    tail: ft.Control | None = None,
    on_tap: Do | None = None,
    is_stacked: bool = False,
) -> ft.Control:
    """A row at least 64 high that grows with its words, a name to two lines; with `on_tap` it is a button as a whole.

    Stacked, what stands at the right stands below, where large words need the width.
    """
    lines: list[ft.Control] = [_title(title) if isinstance(title, str) else title]
    if below:
        lines.append(quiet(below))
    middle = ft.Column(lines, spacing=0, expand=True, alignment=ft.MainAxisAlignment.CENTER, tight=True)
    front = icon(lead, tone) if isinstance(lead, ft.IconData) else lead
    beside = [part for part in (front, middle, None if is_stacked else tail) if part is not None]
    inside: ft.Control = ft.Row(beside, spacing=M)
    if is_stacked and tail:
        inside = ft.Column([inside, ft.Row([tail], alignment=ft.MainAxisAlignment.END)], spacing=0)
    return _surface(inside, 10 if below else 20, on_tap)


def _title(said: str) -> ft.Control:
    name = one_line(said, grows=False)
    name.max_lines = 2
    return name


def compact(text: str, *, lead: ft.IconData, tone: Tone = Tone.INK2, tail: ft.Control | None = None) -> ft.Row:
    """Icon and words without ground or padding: a line inside a card."""
    return ft.Row([icon(lead, tone), words(text, grows=True), *([tail] if tail else [])], spacing=8)


def fact(label: str, value: str | ft.Control, tone: Tone = Tone.INK, *, is_stacked: bool = False) -> ft.Row | ft.Column:
    """One thing that is known: its name, quiet, and its value; stacked, the value stands below."""
    known = words(value, Role.BODY, tone) if isinstance(value, str) else value
    if is_stacked:
        return ft.Column([quiet(label), known], spacing=0)
    named = quiet(label, Role.BODY)
    named.expand = 1
    said = ft.Container(known, expand=2)
    centre = ft.CrossAxisAlignment.START if isinstance(value, str) else ft.CrossAxisAlignment.CENTER
    return ft.Row([named, said], spacing=M, vertical_alignment=centre)


def chevron() -> ft.Icon:
    """The sign that a row opens something."""
    return icon(ft.Icons.CHEVRON_RIGHT_ROUNDED)


def _surface(inside: ft.Control, vertical: float, on_tap: Do | None) -> ft.Control:
    padding = ft.Padding.symmetric(horizontal=L, vertical=vertical)
    if on_tap is None:
        return ft.Container(inside, padding=padding)
    tapped = ft.Container(inside, padding=padding, ink=True, ink_color=Tone.PRESSED, on_click=on_tap)
    return ft.Semantics(button=True, container=True, content=tapped)
