"""Photographs in a row that wraps, each a square to be tapped; and one of them as large as the window."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.parts.words import Do, icon
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, XS, L, M, S

LARGEST = 120  # pixels of a square
MARK = 24


@dataclass(frozen=True, slots=True)
class Square:
    """One photograph: its name, and its small picture once that is known; `waits` if the server has not got it yet."""

    label: str
    picture: bytes
    size: float
    waits: bool
    sign: ft.IconData = ft.Icons.IMAGE_OUTLINED  # in its place


def size_of(width: float) -> float:
    """How large squares are of which three stand side by side in that width."""
    return min(LARGEST, (width - 2 * S) // 3)


def squares(each: list[ft.Control]) -> ft.Row:
    """Side by side, as many as there is room for."""
    return ft.Row(each, wrap=True, spacing=S, run_spacing=S)


def square(shown: Square, on_tap: Do) -> ft.Control:
    """The picture cut to a square, with a mark while it waits."""
    layers = [_inside(shown), *([_mark()] if shown.waits else [])]
    held = ft.Container(
        ft.Stack(layers, width=shown.size, height=shown.size), border_radius=RADIUS, ink=True, on_click=on_tap
    )
    held.clip_behavior = ft.ClipBehavior.ANTI_ALIAS
    held.tooltip = shown.label  # read aloud, and shown when a mouse rests on it
    return ft.MergeSemantics(ft.Semantics(button=True, content=held))


def _inside(shown: Square) -> ft.Control:
    if shown.picture:
        picture = ft.Image(
            shown.picture, width=shown.size, height=shown.size, fit=ft.BoxFit.COVER, gapless_playback=True
        )
        picture.exclude_from_semantics = True
        return picture
    return ft.Container(
        icon(shown.sign), width=shown.size, height=shown.size, alignment=ft.Alignment.CENTER, bgcolor=Tone.FILL
    )


def _mark() -> ft.Control:
    held = ft.Container(icon(ft.Icons.SCHEDULE_ROUNDED, Tone.ON_TOAST, 16), width=MARK, height=MARK)
    held.bgcolor, held.border_radius, held.alignment = Tone.TOAST, MARK / 2, ft.Alignment.CENTER
    held.right, held.bottom = XS, XS
    return held


def whole(picture: bytes, label: str) -> ft.Control:
    """One photograph as large as there is room, to be drawn nearer with two fingers."""
    held = ft.Image(picture, fit=ft.BoxFit.CONTAIN, gapless_playback=True, semantics_label=label, expand=True)
    return ft.InteractiveViewer(ft.Container(held, alignment=ft.Alignment.CENTER), max_scale=5, expand=True)


def on_night(head: ft.Control, body: ft.Control, foot: ft.Control) -> ft.Control:
    """A photograph between head and foot, dark by day, too: it is the picture one looks at."""
    below = ft.Container(foot, padding=ft.Padding(L, M, L, L))
    inside = ft.Column([head, ft.Container(body, expand=True), below], spacing=0, expand=True)
    return ft.Container(inside, bgcolor=Tone.NIGHT, expand=True)
