"""Buttons: one filled for what the screen is for, tonal beside it, soft among equals, plain for the rest."""

from collections.abc import Sequence

import flet as ft

from field_app.screens.parts.words import Do
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, TOUCH, XS, S
from field_app.theme.styles import CLEAR, button, rounded


def filled(label: str, on_tap: Do | None, *, sign: ft.IconData | None = None, grows: bool = True) -> ft.FilledButton:
    """The one filled action of a screen, 52 high; without `on_tap` it is not to be had now."""
    return _button(
        label, on_tap, button(Tone.ON_PRIMARY, Tone.PRIMARY, enabled=on_tap is not None), sign=sign, grows=grows
    )


def tonal(
    label: str, on_tap: Do | None, *, sign: ft.IconData | None = None, grows: bool = False, tall: bool = True
) -> ft.FilledButton:
    """What may be done instead."""
    return _button(
        label, on_tap, button(Tone.INK, Tone.FILL, tall=tall, enabled=on_tap is not None), sign=sign, grows=grows
    )


def soft(label: str, on_tap: Do | None, *, sign: ft.IconData | None = None) -> ft.FilledButton:
    """One of several actions that are equals, 48 high."""
    return _button(
        label,
        on_tap,
        button(Tone.ON_TINT, Tone.TINT, tall=False, side=XS, enabled=on_tap is not None),
        sign=sign,
        grows=True,
    )


def plain(label: str, on_tap: Do | None, *, tone: Tone = Tone.PRIMARY) -> ft.FilledButton:
    """Words that can be tapped, 48 high."""
    return _button(
        label, on_tap, button(tone, CLEAR, tall=False, side=S, enabled=on_tap is not None), sign=None, grows=False
    )


def danger(label: str, on_tap: Do | None) -> ft.FilledButton:
    """What cannot be taken back."""
    return _button(
        label, on_tap, button(Tone.DANGER, Tone.DANGER_TINT, enabled=on_tap is not None), sign=None, grows=False
    )


def sign_button(
    sign: ft.IconData,
    label: str,
    on_tap: Do | None,
    *,
    tone: Tone = Tone.INK2,
    ground: Tone | None = None,
    size: float | None = None,
) -> ft.Control:
    """An icon to tap, 48 square at least; its label is read aloud and shown when a mouse rests on it."""
    button = ft.IconButton(
        sign,
        icon_color=tone if on_tap else Tone.RIM,
        icon_size=size,
        tooltip=label,
        on_click=on_tap,
        disabled=on_tap is None,
        style=ft.ButtonStyle(bgcolor=ground, shape=rounded(RADIUS), padding=12),
        size_constraints=ft.BoxConstraints(min_width=TOUCH, min_height=TOUCH),
    )
    return ft.MergeSemantics(button)  # alone, the button and its tooltip are two


def abreast(buttons: Sequence[ft.Control], *, stacked: bool = False) -> ft.Control:
    """Buttons side by side, all as high as the highest; one above the other where their words need the width."""
    if stacked:
        for each in buttons:
            each.expand = None
        return ft.Column(list(buttons), spacing=S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Row(list(buttons), spacing=S, intrinsic_height=True, vertical_alignment=stretched)


def _button(
    label: str, on_tap: Do | None, style: ft.ButtonStyle, *, sign: ft.IconData | None, grows: bool
) -> ft.FilledButton:
    held = ft.Text(label, text_align=ft.TextAlign.CENTER)
    disabled = on_tap is None
    return ft.FilledButton(held, icon=sign, style=style, on_click=on_tap, disabled=disabled, expand=grows or None)
