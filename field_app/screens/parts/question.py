"""A question that stands before everything else until it is answered."""

from collections.abc import Sequence

import flet as ft

from field_app.screens.parts.words import Do, heading
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, XL, L, S


def question(asked: str, told: Sequence[ft.Control], answers: Sequence[ft.Control], close: Do) -> ft.AlertDialog:
    """What is asked, what that means, and the answers; where words are many or large, all but the answers scrolls."""
    below = ft.Column(list(told), tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return ft.AlertDialog(
        title=heading(asked),
        content=below,
        actions=list(answers),
        bgcolor=Tone.CARD,
        scrollable=True,
        inset_padding=ft.Padding.symmetric(horizontal=MARGIN, vertical=XL),
        actions_padding=ft.Padding(L, S, L, L),
        actions_overflow_button_spacing=S,
        on_dismiss=close,
    )
