"""Cards, groups and hairlines: the page, what lies on it, and nothing that throws a shadow."""

from collections.abc import Sequence

import flet as ft

from field_app.theme.colours import Tone
from field_app.theme.measures import BAR_RADIUS, CARD_RADIUS, MARGIN, TEXT_WIDTH, XL, L, S

Side = str


def card(content: ft.Control, padding: ft.PaddingValue = L) -> ft.Container:
    """A card on the page."""
    return ft.Container(content, padding=padding, bgcolor=Tone.CARD, border_radius=CARD_RADIUS)


def group(rows: Sequence[ft.Control], indent: float = L) -> ft.Container:
    """Rows in one card, parted by hairlines that begin where the words begin."""
    parted: list[ft.Control] = []
    for row in rows:
        if parted:
            parted.append(hairline(indent))
        parted.append(row)
    whole = card(ft.Column(parted, spacing=0), padding=0)
    whole.clip_behavior = ft.ClipBehavior.ANTI_ALIAS
    return whole


def hairline(indent: float = 0) -> ft.Container:
    """One line across, from `indent` on."""
    return ft.Container(height=1, bgcolor=Tone.LINE, margin=ft.Margin.only(left=indent))


def edge(side: Side) -> ft.Border:
    """A hairline along one side of a bar: top or bottom."""
    return ft.Border.only(**{side: ft.BorderSide(1, Tone.LINE)})


def page_body(*parts: ft.Control, gap: float = XL) -> ft.ListView:
    """What scrolls between head and bottom bar."""
    return ft.ListView(list(parts), expand=True, spacing=gap, padding=ft.Padding(MARGIN, S, MARGIN, XL))


def narrow(content: ft.Control) -> ft.Row:
    """A form in the middle of a wide window: lines longer than this are hard to read."""
    held = ft.Container(content, width=TEXT_WIDTH, expand=True, expand_loose=True)
    return ft.Row([held], alignment=ft.MainAxisAlignment.CENTER)


def progress(done: int, total: int, label: str) -> ft.ProgressBar:
    """How much of something is done, as a thin bar."""
    share = done / total if total else 0.0
    return ft.ProgressBar(value=share, bar_height=4, border_radius=BAR_RADIUS, semantics_label=label)
