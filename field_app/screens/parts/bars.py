"""What lies under the thumb: the primary button, and the five places with the visit in their middle."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flet as ft

from field_app.screens.parts.button import abreast
from field_app.screens.parts.heard import settled
from field_app.screens.parts.surface import edge, narrow
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN

VISIT = 2  # the middle one of five


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places of the app: its name, and its sign idle and chosen."""

    label: str
    idle: ft.IconData
    chosen: ft.IconData


def bottom_bar(*buttons: ft.Control, stacked: bool = False) -> ft.Container:
    """The primary button, last, and what stands beside it, 72 high; stacked, it stands on top."""
    padding = ft.Padding.symmetric(horizontal=MARGIN, vertical=10)
    line = narrow(abreast(buttons[::-1], stacked=True) if stacked else abreast(buttons))
    return ft.Container(line, padding=padding, bgcolor=Tone.CARD, border=edge("top"))


def navigation(
    places: Sequence[Place], visit: str, at: int, on_go: Callable[[int], object], on_visit: Callable[[], object]
) -> ft.Container:
    """Four places by number, 0 to 3, and ＋ in their middle, which is no place but begins a visit."""
    shown = [_destination(place) for place in places]
    shown.insert(VISIT, ft.NavigationBarDestination(icon=_plus(), label=visit))

    async def go(event: ft.Event[ft.NavigationBar]) -> None:
        tapped = int(event.data or 0)  # a redraw may just have put the old place back into the control
        await settled(on_visit() if tapped == VISIT else on_go(tapped - (tapped > VISIT)))

    bar = ft.NavigationBar(shown, selected_index=at + (at >= VISIT), on_change=go)
    return ft.Container(bar, border=edge("top"), bgcolor=Tone.CARD)


def _destination(place: Place) -> ft.NavigationBarDestination:
    idle = ft.Icon(place.idle, color=Tone.INK2)
    return ft.NavigationBarDestination(
        icon=idle, selected_icon=ft.Icon(place.chosen, color=Tone.PRIMARY), label=place.label
    )


def _plus() -> ft.Container:
    # Higher than 32 it would push its label down.
    sign = ft.Icon(ft.Icons.ADD_ROUNDED, color=Tone.ON_PRIMARY, size=26)
    centre = ft.Alignment.CENTER
    return ft.Container(sign, width=56, height=32, border_radius=16, bgcolor=Tone.PRIMARY, alignment=centre)
