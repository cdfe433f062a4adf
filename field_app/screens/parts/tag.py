"""A state or a grade in a word, on the quiet ground of its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.words import Do, icon, quiet, words
from field_app.theme.colours import PLAIN, WAITING, Meaning, Tone
from field_app.theme.measures import CHIP_RADIUS, TAG_RADIUS, XS, M, S
from field_app.theme.type import Role


def tag(text: str, meaning: Meaning = PLAIN, sign: ft.IconData | None = None) -> ft.Container:
    """A word that says what something is: a grade, a verdict."""
    said: ft.Control = words(text, Role.LABEL, meaning.tone)
    line = ft.Row([icon(sign, meaning.tone, 16), said], spacing=XS, tight=True) if sign else said
    padding = ft.Padding.symmetric(horizontal=S, vertical=2)
    return ft.Container(line, padding=padding, bgcolor=meaning.ground, border_radius=TAG_RADIUS)


def tag_button(text: str, on_tap: Do, meaning: Meaning = PLAIN) -> ft.Control:
    """A word that can be asked why; a finger finds 48 pixels though it looks smaller."""
    touched = ft.Container(tag(text, meaning), padding=ft.Padding.symmetric(vertical=M), ink=True, on_click=on_tap)
    touched.border_radius = TAG_RADIUS
    return ft.Semantics(button=True, container=True, content=touched)


def state_chip(text: str, meaning: Meaning = WAITING, on_tap: Do | None = None) -> ft.Control:
    """A state with a dot, which opens what it tells of; a finger finds 48 pixels though it looks smaller."""
    dot = ft.Container(width=8, height=8, border_radius=4, bgcolor=meaning.tone)
    line = ft.Row([dot, words(text, Role.SECOND, meaning.tone)], spacing=6, tight=True)
    padding = ft.Padding.symmetric(horizontal=M, vertical=7)
    shown = ft.Container(line, padding=padding, bgcolor=meaning.ground, border_radius=CHIP_RADIUS)
    if on_tap is None:
        return shown
    touched = ft.Container(shown, padding=ft.Padding.symmetric(vertical=7), ink=True, on_click=on_tap)
    touched.border_radius = CHIP_RADIUS
    return ft.Semantics(button=True, container=True, content=touched)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that matters, and what is counted."""

    number: int
    label: str
    tone: Tone = Tone.INK


def counts(given: Sequence[Count], look: Look) -> ft.Control:
    """Numbers side by side, each over its label; in lines where the labels need the width."""
    labels = [each.label for each in given]
    if look.columns(labels, beside=XS, role=Role.SECOND) < len(given):
        return ft.Column([ft.Row([quiet(each.label, grows=True), _number(each)]) for each in given], spacing=XS)
    centre = ft.CrossAxisAlignment.CENTER
    return ft.Row(
        [
            ft.Column([_number(each), quiet(each.label)], spacing=0, expand=True, horizontal_alignment=centre)
            for each in given
        ]
    )


def _number(given: Count) -> ft.Text:
    return words(str(given.number), Role.DISPLAY, given.tone if given.number else Tone.INK2)
