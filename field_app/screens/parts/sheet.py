"""A sheet that slides in from below over what one was reading."""

from collections.abc import Sequence

import flet as ft

from field_app.screens.parts.words import Do
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, XL, L


def sheet_of(parts: Sequence[ft.Control], close: Do) -> ft.BottomSheet:
    """Parts one under the other; the sheet scrolls where it is higher than the window."""
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column(list(parts), spacing=L, tight=True, horizontal_alignment=stretched)
    held = ft.Container(inside, padding=ft.Padding(MARGIN, 0, MARGIN, XL))
    sheet = ft.BottomSheet(held, on_dismiss=close)
    sheet.show_drag_handle, sheet.scrollable, sheet.bgcolor = True, True, Tone.CARD
    return sheet
