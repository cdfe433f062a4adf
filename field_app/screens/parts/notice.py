"""What the app tells by itself: that it is offline, that there is nothing here yet, that something can be undone."""

import flet as ft

from field_app.screens.parts.button import filled, plain
from field_app.screens.parts.words import Do, icon, words
from field_app.theme.colours import WAITING, Meaning, Tone
from field_app.theme.measures import CARD_RADIUS, RADIUS, XL, L, M, S
from field_app.theme.type import Role


def banner(
    title: str, below: str, sign: ft.IconData, meaning: Meaning = WAITING, *, action: ft.Control | None = None
) -> ft.Control:
    """Something to know while working on; grey unless it means more. Its action stands below, at the right."""
    below_tone = Tone.INK2 if meaning is WAITING else Tone.INK
    title_tone = meaning.tone if meaning is WAITING else Tone.INK
    lines: list[ft.Control] = [words(title, Role.LABEL, title_tone), words(below, Role.SECOND, below_tone)]
    line = ft.Row([icon(sign, meaning.tone), ft.Column(lines, spacing=0, expand=True)], spacing=M)
    actions = [ft.Row([action], alignment=ft.MainAxisAlignment.END)] if action else []
    inside = ft.Column([line, *actions], spacing=0)
    padding = ft.Padding(L, M, S if action else L, 0 if action else M)
    ground = ft.Container(inside, padding=padding, bgcolor=meaning.ground, border_radius=CARD_RADIUS)
    return ft.Semantics(container=True, live_region=True, content=ground)


def offline_banner(title: str, below: str) -> ft.Control:
    """Offline is normal: grey, and it says that everything is kept."""
    return banner(title, below, ft.Icons.CLOUD_OFF_OUTLINED)


def empty(sentence: str, sign: ft.IconData, label: str = "", on_tap: Do | None = None) -> ft.Container:
    """Nothing here yet: one sentence, and one action if there is something to do about it."""
    said = words(sentence, Role.BODY, Tone.INK2)
    said.text_align = ft.TextAlign.CENTER
    action = [filled(label, on_tap, grows=False)] if label else []
    centre = ft.CrossAxisAlignment.CENTER
    inside = ft.Column([icon(sign, Tone.EDGE, 40), said, *action], spacing=L, horizontal_alignment=centre)
    return ft.Container(inside, padding=ft.Padding.symmetric(horizontal=XL, vertical=48), alignment=ft.Alignment.CENTER)


def undo_toast(said: str, label: str, on_undo: Do) -> ft.Control:
    """What was just done, and the way back; the screen takes it away after eight seconds."""
    undo = plain(label, on_undo, tone=Tone.TOAST_ACTION)
    line = ft.Row([words(said, Role.SECOND, Tone.ON_TOAST, grows=True), undo], spacing=S)
    padding = ft.Padding(L, 2, S, 2)
    ground = ft.Container(line, padding=padding, bgcolor=Tone.TOAST, border_radius=RADIUS)
    return ft.Semantics(container=True, live_region=True, content=ground)
