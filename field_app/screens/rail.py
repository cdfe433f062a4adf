"""At a desk: the places at the left, in words."""

from collections.abc import Mapping

import flet as ft

from field_app.places import Place
from field_app.screens.beginning import beginning
from field_app.screens.look import Look
from field_app.screens.parts.button import filled
from field_app.screens.parts.words import icon, words
from field_app.screens.steering import Steering
from field_app.state import AppState
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, TOUCH, XS, L, M
from field_app.theme.type import Role

WIDTH = 192
Signs = Mapping[str, tuple[ft.IconData, ft.IconData]]


def rail_width(look: Look) -> float:
    """How much of a desk the places take."""
    return WIDTH * max(1.0, look.scale * 0.8)


def rail(state: AppState, steer: Steering, look: Look, homes: tuple[Place, ...], signs: Signs) -> ft.Control:
    """The four places, the one we are in filled, and what is begun most often above them."""
    begin = filled(*beginning(state.role, steer, look), sign=ft.Icons.ADD_ROUNDED, grows=False)
    items = [_item(look.says(f"nav.{home.screen}"), signs[home.screen], home, state, steer, look) for home in homes]
    stretched = ft.CrossAxisAlignment.STRETCH
    column = ft.Column([begin, ft.Container(height=M), *items], spacing=XS, horizontal_alignment=stretched)
    side = ft.Border.only(right=ft.BorderSide(1, Tone.LINE))
    return ft.Container(column, width=rail_width(look), padding=L, bgcolor=Tone.CARD, border=side)


def _item(
    label: str,
    sign: tuple[ft.IconData, ft.IconData],
    home: Place,
    state: AppState,
    steer: Steering,
    look: Look,
) -> ft.Control:
    chosen = state.stack[0] == home
    tone = Tone.ON_TINT if chosen else Tone.INK2

    async def go() -> None:
        await steer.home(home)

    line = ft.Row([icon(sign[chosen], tone), words(label, Role.LABEL, tone, grows=True)], spacing=M)
    ground = ft.Container(
        line,
        padding=ft.Padding.symmetric(horizontal=M),
        height=max(TOUCH, 24 * look.scale + 16),
        border_radius=RADIUS,
        bgcolor=Tone.TINT if chosen else None,
        ink=True,
        on_click=go,
    )
    return ft.Semantics(button=True, selected=chosen, container=True, content=ground)
