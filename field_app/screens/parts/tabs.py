"""The views of one thing, side by side under its head; the chosen one is bold and underlined."""

from collections.abc import Callable, Sequence
from typing import Any

import flet as ft

from field_app.screens.parts.button import sign_button
from field_app.screens.parts.choice import Option
from field_app.screens.parts.heard import heard, settled
from field_app.screens.parts.surface import edge
from field_app.screens.parts.words import words
from field_app.theme.colours import Tone
from field_app.theme.measures import BAR_RADIUS, MARGIN, XL, M, S
from field_app.theme.type import Role

STEP = 160  # pixels that a tap on the hint moves on
BESIDE = XL  # of its neighbour one sees so much: the line goes on there


class Line:
    """How wide each name is, how much of the line one sees, and how far it is moved, in pixels."""

    def __init__(self) -> None:
        self.widths: dict[str, float] = {}
        self.room = self.moved = 0.0

    def way_to(self, code: str, codes: Sequence[str]) -> float | None:
        """How far the line is to be moved to show the whole name; None where it is in sight, or nobody knows."""
        if not self.room or not self.widths.keys() >= set(codes):
            return None
        begins = sum(self.widths[each] + S for each in codes[: codes.index(code)])
        ends = begins + self.widths[code]
        if begins < self.moved:
            return max(0, begins - BESIDE)
        return max(0, min(begins, ends - self.room + BESIDE)) if ends > self.moved + self.room else None


@ft.component
def tabs(
    options: Sequence[Option], chosen: str, on_choose: Callable[[str], object], more: tuple[str, str] | None = None
) -> ft.Control:
    """The names of the views, scrolled to where they are many; a tap shows another.

    `more` is said where not all of them have room: then an arrow shows that the line goes on, and moves it; at its
    end the arrow leads back. What is said is the name of the arrow there and of the arrow back.
    """
    is_at_end, reach = ft.use_state(False)
    seen, _ = ft.use_state(Line())

    async def choose(code: str) -> None:
        await settled(on_choose(code))
        if more and (to := seen.way_to(code, [each.code for each in options])) is not None:
            await line.scroll_to(offset=to, duration=200)  # half of its name may have been cut

    names: list[ft.Control] = [_measured(_tab(each, each.code == chosen, choose), each.code, seen) for each in options]
    line = ft.Row(names, spacing=S, scroll=ft.ScrollMode.HIDDEN)
    padding = ft.Padding.symmetric(horizontal=MARGIN - M)
    if not more:
        return ft.Container(line, padding=padding, bgcolor=Tone.CARD, border=edge("bottom"))

    async def move() -> None:
        await line.scroll_to(delta=-STEP if is_at_end else STEP, duration=200)

    def moved(event: ft.OnScrollEvent) -> None:
        seen.moved, seen.room = event.pixels, event.viewport_dimension
        reach(event.pixels >= event.max_scroll_extent - 1)

    def sized(event: ft.LayoutSizeChangeEvent[Any]) -> None:
        seen.room = event.width

    line.expand, line.on_scroll, line.scroll_interval, line.on_size_change = True, moved, 100, sized
    sign = ft.Icons.CHEVRON_LEFT_ROUNDED if is_at_end else ft.Icons.CHEVRON_RIGHT_ROUNDED
    whole = ft.Row([line, sign_button(sign, more[is_at_end], move)], spacing=0)
    return ft.Container(whole, padding=ft.Padding(MARGIN - M, 0, 0, 0), bgcolor=Tone.CARD, border=edge("bottom"))


def _measured(tab: ft.Control, code: str, seen: Line) -> ft.Container:
    """The same, and `seen` hears how wide it is."""

    def sized(event: ft.LayoutSizeChangeEvent[Any]) -> None:
        seen.widths[code] = event.width

    return ft.Container(tab, on_size_change=sized)


def _tab(option: Option, is_chosen: bool, on_choose: Callable[[str], object]) -> ft.Semantics:
    role, tone = (Role.STRONG, Tone.INK) if is_chosen else (Role.BODY, Tone.INK2)
    line = ft.Container(height=3, bgcolor=Tone.PRIMARY if is_chosen else None, border_radius=BAR_RADIUS)
    name = ft.Container(words(option.label, role, tone), padding=ft.Padding(0, 12, 0, 9))
    inside = ft.Column([name, line], spacing=0, tight=True, intrinsic_width=True)
    inside.horizontal_alignment = ft.CrossAxisAlignment.STRETCH
    tapped = ft.Container(inside, padding=ft.Padding.symmetric(horizontal=M), ink=True, ink_color=Tone.PRESSED)
    tapped.on_click = heard(on_choose, option.code)
    return ft.Semantics(button=True, container=True, selected=is_chosen, content=tapped)
