"""A sheet that slides in from below over what one was reading."""

from collections.abc import Sequence

import flet as ft

from field_app.screens.parts.words import Do
from field_app.theme.colours import Tone
from field_app.theme.measures import BAR_RADIUS, CARD_RADIUS, MARGIN, XL, XS, L, M

HANDLE = 32
TALL = 560


def sheet_of(parts: Sequence[ft.Control], close: Do, *, side: float = MARGIN) -> ft.BottomSheet:
    """Parts one under the other, `side` from its edges; the sheet scrolls where it is higher than the window."""
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column(list(parts), spacing=L, tight=True, horizontal_alignment=stretched)
    page = ft.Column([ft.Container(inside, padding=ft.Padding(side, 0, side, XL))], tight=True)
    page.scroll = ft.ScrollMode.AUTO
    return _over(_as_high_as(page), close, Tone.CARD)


def _as_high_as(page: ft.Column) -> ft.Row:
    """What scrolls takes all the height there is, unless something asks how much it needs."""
    return ft.Row([ft.Container(page, expand=True)], intrinsic_height=True)


def tall_sheet(inside: ft.Control, close: Do) -> ft.BottomSheet:
    """A list that scrolls by itself, with what stands over and under it."""
    return _over(ft.Container(inside, height=TALL, padding=ft.Padding.only(bottom=MARGIN)), close, Tone.PAGE)


def _over(content: ft.Control, close: Do, ground: Tone) -> ft.BottomSheet:
    """Sheet and handle; over a keyboard the content gives way.

    The ground belongs to what is inside: that of the sheet itself stays light when the phone turns dark.
    """
    content.expand = content.expand_loose = True
    mark = ft.Container(width=HANDLE, height=XS, border_radius=BAR_RADIUS, bgcolor=Tone.RIM)
    handle = ft.Container(mark, alignment=ft.Alignment.CENTER, padding=ft.Padding(0, M, 0, L))
    inside = ft.Column([handle, content], spacing=0, tight=True)
    corners = ft.BorderRadius.vertical(top=CARD_RADIUS)
    sheet = ft.BottomSheet(ft.Container(inside, bgcolor=ground, border_radius=corners), on_dismiss=close)
    sheet.scrollable, sheet.draggable, sheet.bgcolor, sheet.elevation = True, True, ft.Colors.TRANSPARENT, 0
    return sheet
