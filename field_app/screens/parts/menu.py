"""One of a list too long for tiles, in a menu."""

from collections.abc import Callable, Sequence

import flet as ft

from field_app.screens.parts.choice import Option
from field_app.screens.parts.heard import settled, words_in
from field_app.theme.colours import Tone
from field_app.theme.styles import field_border

SHORT, MENU_HEIGHT = 7, 360


def menu(options: Sequence[Option], chosen: str, on_choose: Callable[[str], object]) -> ft.Row:
    """A menu as wide as its line; it has neither name nor value of its own for a screen reader."""

    async def choose(event: ft.Event[ft.Dropdown]) -> None:
        await settled(on_choose(words_in(event)))

    dropdown = ft.Dropdown(
        value=chosen,
        options=[ft.DropdownOption(key=each.code, text=each.label) for each in options],
        on_select=choose,
        border=field_border(wrong=False)[ft.ControlState.DEFAULT],
        filled=True,
        fill_color=Tone.CARD,
        bgcolor=Tone.CARD,
        content_padding=ft.Padding.symmetric(horizontal=14, vertical=14),
        expand=True,
        menu_height=MENU_HEIGHT if len(options) > SHORT else None,  # it would be that high for two
    )
    return ft.Row([dropdown])
