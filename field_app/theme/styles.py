"""Buttons, tiles and fields, made of tones and measures. Their words take size and weight from the theme."""

import flet as ft

from field_app.theme.colours import Tone
from field_app.theme.measures import CHOSEN_EDGE, FOCUS_RING, QUICK_MS, RADIUS, XS, L
from field_app.theme.type import sign_of

CONTROL = ft.ControlState
CLEAR = ft.Colors.TRANSPARENT


def rounded(radius: float) -> ft.RoundedRectangleBorder:
    """A shape with corners of that radius."""
    return ft.RoundedRectangleBorder(radius=radius)


BUTTON_SIGN = 20


def common_button(ink: str, scale: float = 1.0) -> ft.ButtonStyle:
    """What all buttons and tiles share. It travels once, with the theme, and not with each of them."""
    return ft.ButtonStyle(
        icon_size=sign_of(scale, BUTTON_SIGN),
        elevation=0,
        shadow_color=CLEAR,  # elevation alone leaves one
        shape=rounded(RADIUS),
        overlay_color=touched(ink),
        side=focused(ink),
        animation_duration=QUICK_MS,
    )


def touched(ink: str) -> dict[ft.ControlState, str]:
    """What lies over a button: a breath while a mouse rests on it, more while it is pressed."""
    breath, more = (ft.Colors.with_opacity(share, ink) for share in (0.08, 0.12))
    return {CONTROL.PRESSED: more, CONTROL.HOVERED: breath, CONTROL.DEFAULT: CLEAR}


def focused(ink: str) -> dict[ft.ControlState, ft.BorderSide]:
    """The ring round whatever Enter would press now."""
    return {CONTROL.FOCUSED: ft.BorderSide(FOCUS_RING, ink)}


def button(words: Tone, ground: str, *, tall: bool = True, side: float = L, enabled: bool = True) -> ft.ButtonStyle:
    """A button of words on a ground, 52 high or 48; it grows with its words, never clips them."""
    if not enabled:
        words, ground = Tone.EDGE, ground if ground == CLEAR else Tone.FILL
    padding = ft.Padding.symmetric(horizontal=side, vertical=14 if tall else 12)
    return ft.ButtonStyle(color=words, bgcolor=ground, icon_color=words, padding=padding)


def tile(*, chosen: bool, tall: bool) -> ft.ButtonStyle:
    """One of equal choices, 56 high or 48: a quiet card; chosen, it has a tint and a thick edge."""
    words = Tone.ON_TINT if chosen else Tone.INK
    return ft.ButtonStyle(
        color=words,
        bgcolor=Tone.TINT if chosen else Tone.CARD,
        icon_color=words if chosen else Tone.INK2,
        side=_edge(chosen=chosen),
        padding=ft.Padding.symmetric(horizontal=XS, vertical=16 if tall else 12),
    )


def idle_chip(ink: str, ground: str, line: str, scale: float = 1.0) -> ft.ButtonStyle:
    """One of several choices, as wide as its words, 48 high. It travels with the theme: of them there are many."""
    style = common_button(ink, scale)
    style.bgcolor, style.padding = ground, ft.Padding.symmetric(horizontal=14, vertical=12)
    style.side = {**focused(ink), CONTROL.DEFAULT: ft.BorderSide(1, line)}
    return style


def chosen_chip() -> ft.ButtonStyle:
    """What a chosen one has instead."""
    return ft.ButtonStyle(bgcolor=Tone.TINT, side=_edge(chosen=True))


def _edge(*, chosen: bool) -> dict[ft.ControlState, ft.BorderSide]:
    idle = ft.BorderSide(CHOSEN_EDGE, Tone.PRIMARY) if chosen else ft.BorderSide(1, Tone.LINE)
    return {**focused(Tone.INK), CONTROL.DEFAULT: idle}


def quiet_ground(tone: Tone) -> str:
    """The ground under a sign of that tone: a breath of it."""
    return ft.Colors.with_opacity(0.12, tone)


def field_border(*, wrong: bool) -> dict[ft.ControlState, ft.InputBorder]:
    """The rim round a field: visible in sunlight, thicker with the cursor in it, red when wrong."""
    return {
        CONTROL.ERROR: _rim(Tone.DANGER, 2),
        CONTROL.FOCUSED: _rim(Tone.DANGER if wrong else Tone.PRIMARY, 2),
        CONTROL.DEFAULT: _rim(Tone.DANGER if wrong else Tone.RIM, 1),
    }


def _rim(tone: Tone, width: float) -> ft.OutlineInputBorder:
    # gap_padding would be added to the padding round the words.
    return ft.OutlineInputBorder(side=ft.BorderSide(width, tone), border_radius=RADIUS, gap_padding=0)
