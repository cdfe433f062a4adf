"""A sentence that passes over everything else."""

import flet as ft

from field_app.screens.parts.words import words
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, L
from field_app.theme.type import Role


def toast(said: str) -> ft.Control:
    """What was done, or why it was not; the app takes it away after some seconds."""
    padding = ft.Padding.symmetric(horizontal=L, vertical=14)
    line = words(said, Role.SECOND, Tone.ON_TOAST)
    ground = ft.Container(line, padding=padding, bgcolor=Tone.TOAST, border_radius=RADIUS)
    return ft.Semantics(container=True, live_region=True, content=ground)
