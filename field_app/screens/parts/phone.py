"""A telephone number or another value that stands masked until its eye is tapped."""

import flet as ft

from field_app.screens.parts.button import sign_button
from field_app.screens.parts.words import Do, words


def phone_line(shown: str, *, is_masked: bool, label: str, on_turn: Do) -> ft.Row:
    """The value as it may be shown now, and the eye that turns it; `label` says what the eye does."""
    sign = ft.Icons.VISIBILITY_OUTLINED if is_masked else ft.Icons.VISIBILITY_OFF_OUTLINED
    said = words(shown, grows=True)
    said.expand_loose = True
    return ft.Row([said, sign_button(sign, label, on_turn)], spacing=0)
