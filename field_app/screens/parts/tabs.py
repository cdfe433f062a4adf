"""The views of one thing, side by side under its head; the chosen one is bold and underlined."""

from collections.abc import Callable, Sequence

import flet as ft

from field_app.screens.parts.button import sign_button
from field_app.screens.parts.choice import Option
from field_app.screens.parts.heard import heard, settled
from field_app.screens.parts.surface import edge
from field_app.screens.parts.words import words
from field_app.theme.colours import Tone
from field_app.theme.measures import BAR_RADIUS, MARGIN, M, S
from field_app.theme.type import Role

STEP = 160  # pixels that a tap on the hint moves on


@ft.component
def tabs(
    options: Sequence[Option], chosen: str, on_choose: Callable[[str], object], more: tuple[str, str] | None = None
) -> ft.Control:
    """The names of the views, scrolled to where they are many; a tap shows another.

    `more` is said where not all of them have room: then an arrow shows that the line goes on, and moves it; at its
    end the arrow leads back. What is said is the name of the arrow there and of the arrow back.
    """
    is_at_end, reach = ft.use_state(False)
    ends = {options[0].code: 0, options[-1].code: -1}

    async def choose(code: str) -> None:
        await settled(on_choose(code))
        if more and code in ends:
            await line.scroll_to(offset=ends[code], duration=200)  # half of its name may have been cut

    line = ft.Row([_tab(each, each.code == chosen, choose) for each in options], spacing=S, scroll=ft.ScrollMode.HIDDEN)
    padding = ft.Padding.symmetric(horizontal=MARGIN - M)
    if not more:
        return ft.Container(line, padding=padding, bgcolor=Tone.CARD, border=edge("bottom"))

    async def move() -> None:
        await line.scroll_to(delta=-STEP if is_at_end else STEP, duration=200)

    def moved(event: ft.OnScrollEvent) -> None:
        reach(event.pixels >= event.max_scroll_extent - 1)

    line.expand, line.on_scroll, line.scroll_interval = True, moved, 100
    sign = ft.Icons.CHEVRON_LEFT_ROUNDED if is_at_end else ft.Icons.CHEVRON_RIGHT_ROUNDED
    whole = ft.Row([line, sign_button(sign, more[is_at_end], move)], spacing=0)
    return ft.Container(whole, padding=ft.Padding(MARGIN - M, 0, 0, 0), bgcolor=Tone.CARD, border=edge("bottom"))


def _tab(option: Option, is_chosen: bool, on_choose: Callable[[str], object]) -> ft.Semantics:
    role, tone = (Role.STRONG, Tone.INK) if is_chosen else (Role.BODY, Tone.INK2)
    line = ft.Container(height=3, bgcolor=Tone.PRIMARY if is_chosen else None, border_radius=BAR_RADIUS)
    name = ft.Container(words(option.label, role, tone), padding=ft.Padding(0, 12, 0, 9))
    inside = ft.Column([name, line], spacing=0, tight=True, intrinsic_width=True)
    inside.horizontal_alignment = ft.CrossAxisAlignment.STRETCH
    tapped = ft.Container(inside, padding=ft.Padding.symmetric(horizontal=M), ink=True, ink_color=Tone.PRESSED)
    tapped.on_click = heard(on_choose, option.code)
    return ft.Semantics(button=True, container=True, selected=is_chosen, content=tapped)
