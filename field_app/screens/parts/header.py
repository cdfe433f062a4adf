"""What a page is, and the way back."""

import flet as ft

from field_app.screens.parts.button import sign_button
from field_app.screens.parts.words import Do, heading, quiet
from field_app.theme.measures import MARGIN, XS, L, M, S
from field_app.theme.type import Role


def page_header(title: str, below: str = "", *, tail: ft.Control | None = None, at_right: str = "") -> ft.Container:
    """The head of one of the five places: its name in display, and the state of sync at the right."""
    lines: list[ft.Control] = [_ends(heading(title, Role.DISPLAY, 1), tail)]
    if below or at_right:
        lines.append(_ends(quiet(below), quiet(at_right) if at_right else None))
    inside = ft.Column(lines, spacing=XS, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.Container(inside, padding=ft.Padding(MARGIN, L, MARGIN, M))


def _ends(first: ft.Control, last: ft.Control | None) -> ft.Row:
    """One thing at either end of a line; the second below the first where a line has no room for both."""
    apart, centre = ft.MainAxisAlignment.SPACE_BETWEEN, ft.CrossAxisAlignment.CENTER
    parts = [first, last] if last else [first]
    return ft.Row(parts, wrap=True, alignment=apart, vertical_alignment=centre, run_spacing=0, spacing=S)


def top_bar(
    title: str, back: str, on_back: Do, *, tail: ft.Control | None = None, closes: bool = False
) -> ft.Container:
    """The head of a page that was opened from another: an arrow back, or a cross to close."""
    sign = ft.Icons.CLOSE_ROUNDED if closes else ft.Icons.ARROW_BACK_ROUNDED
    named = ft.Container(_ends(heading(title, Role.SECTION, 1), tail), expand=True)
    line = ft.Row([sign_button(sign, back, on_back), named], spacing=XS)
    return ft.Container(line, padding=ft.Padding(XS, 6, L, 6))
