"""A text in one of the few styles."""

import re
from collections.abc import Callable

import flet as ft

from field_app.theme.colours import Tone
from field_app.theme.type import Role

Do = Callable[[], object]
"""What a tap does: a plain function or a coroutine function, given itself and not wrapped."""

BEFORE_LATIN = re.compile("·(?=[!-~])")
MAY_BREAK = "\u200b"


def words(text: str, role: Role = Role.BODY, tone: Tone = Tone.INK, *, grows: bool = False) -> ft.Text:
    """A text that wraps; `grows` gives it the width that its row has left."""
    style, colour = ft.TextThemeStyle(role.value), None if tone is Tone.INK else tone  # every style is of ink
    return ft.Text(breakable(text), theme_style=style, color=colour, expand=grows or None)


def breakable(text: str) -> str:
    """The same, where a line may also end between a dot and a Latin word: else it would end inside the word."""
    return BEFORE_LATIN.sub(f"·{MAY_BREAK}", text)


def quiet(text: str, role: Role = Role.SECOND, *, grows: bool = False) -> ft.Text:
    """A text that stays behind the others."""
    return words(text, role, Tone.INK2, grows=grows)


def one_line(text: str, role: Role = Role.STRONG, tone: Tone = Tone.INK, *, grows: bool = True) -> ft.Text:
    """A text that ends in an ellipsis where it has no more room: names of any length."""
    text_of = words(text, role, tone, grows=grows)
    text_of.max_lines = 1
    text_of.overflow = ft.TextOverflow.ELLIPSIS
    return text_of


def heading(text: str, role: Role = Role.SECTION, level: int = 2) -> ft.Control:
    """A text that a screen reader can jump to."""
    return ft.Semantics(header=True, heading_level=level, content=words(text, role))


def icon(name: ft.IconData, tone: Tone = Tone.INK2, size: float | None = None) -> ft.Icon:
    """A sign beside words that say the same; without a size of its own it grows with them, as the theme says."""
    return ft.Icon(name, color=tone, size=size)


def named(label: str, control: ft.Control, *, hint: str = "", **state: bool) -> ft.MergeSemantics:
    """A control under the name a screen reader gives it, in one with its state; it must hold no second control."""
    said = ft.Semantics(label=label, hint_text=hint or None, content=control)
    for name, holds in state.items():
        setattr(said, name, holds)
    return ft.MergeSemantics(said)


def unread(control: ft.Control) -> ft.Semantics:
    """What the eye needs and the ear has heard already."""
    return ft.Semantics(exclude_semantics=True, content=control)
