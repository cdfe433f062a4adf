"""One of several, on one grid that the eye learns once; or some of several, as chips that wrap.

Chosen is a tint, a thick edge and bold: never the colour alone, and the width does not move.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.heard import heard
from field_app.theme.colours import Tone
from field_app.theme.measures import CHOSEN_EDGE, XS, S
from field_app.theme.styles import chosen_chip, tile
from field_app.theme.type import Role

Choose = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: the code it stands for, its words, perhaps a sign for either state."""

    code: str
    label: str
    sign: ft.IconData | None = None
    chosen_sign: ft.IconData | None = None


def grid(
    options: Sequence[Option], chosen: str | None, on_choose: Choose, *, columns: int = 3, tall: bool = False
) -> ft.Column:
    """Equal choices side by side, 48 high or 56; a tile with many words makes its whole row higher."""
    rows = [options[start : start + columns] for start in range(0, len(options), columns)]
    return ft.Column([_tiles(line, chosen, on_choose, columns, tall) for line in rows], spacing=S)


def columns_of(options: Sequence[Option], look: Look, inset: float = 0) -> int:
    """How many of these stand side by side on the grid: three where their words allow it. `inset`: round the grid."""
    sign = look.button_sign if any(option.sign for option in options) else 0
    return look.columns([option.label for option in options], beside=sign + 2 * (XS + CHOSEN_EDGE), inset=inset)


def chips(options: Sequence[Option], chosen: Collection[str], on_choose: Choose) -> ft.Row:
    """Choices as wide as their words; `on_choose` gets the one that was tapped, chosen or not."""
    return ft.Row([_chip(option, option.code in chosen, on_choose) for option in options], wrap=True, run_spacing=S)


def _tiles(line: Sequence[Option], chosen: str | None, on_choose: Choose, columns: int, tall: bool) -> ft.Row:
    tiles: list[ft.Control] = [_tile(option, option.code == chosen, on_choose, tall) for option in line]
    missing = [ft.Container(expand=True) for _ in range(columns - len(line))]
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Row([*tiles, *missing], spacing=S, intrinsic_height=True, vertical_alignment=stretched)


def _tile(option: Option, is_chosen: bool, on_choose: Choose, tall: bool) -> ft.Control:
    label = _label(option, is_chosen)
    label.text_align = ft.TextAlign.CENTER
    sign = option.chosen_sign if is_chosen and option.chosen_sign else option.sign
    style = tile(chosen=is_chosen, tall=tall)
    button = ft.FilledButton(label, icon=sign, style=style, on_click=heard(on_choose, option.code))
    return ft.MergeSemantics(ft.Semantics(selected=is_chosen, content=button), expand=True)


def _chip(option: Option, is_chosen: bool, on_choose: Choose) -> ft.Control:
    """Not Material's chip: that cuts what has no room on one line."""
    button = ft.OutlinedButton(_label(option, is_chosen), style=chosen_chip() if is_chosen else None)
    button.on_click = heard(on_choose, option.code)
    return ft.MergeSemantics(ft.Semantics(checked=is_chosen, content=button))


def _label(option: Option, is_chosen: bool) -> ft.Text:
    role = Role.STRONG if is_chosen else Role.BODY
    label = ft.Text(option.label, theme_style=ft.TextThemeStyle(role.value))
    label.color = Tone.ON_TINT if is_chosen else None  # every style is of ink
    return label
