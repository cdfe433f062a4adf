"""What nothing stands in any more, or never did: closed until asked for; a tap on one tells of its past."""

from collections.abc import Sequence

import flet as ft

from field_app.screens.field_past import Recalling
from field_app.screens.look import Look
from field_app.screens.parts.heard import heard
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import group
from field_app.screens.parts.words import icon, quiet
from field_app.theme.measures import L, S
from visit_core.fields import FieldSpec


@ft.component
def empty_fields(specs: Sequence[FieldSpec], recalling: Recalling, look: Look) -> ft.Control:
    """The fold with a line for each empty field."""
    is_open, turn = ft.use_state(False)
    arrow = ft.Icons.KEYBOARD_ARROW_UP_ROUNDED if is_open else ft.Icons.KEYBOARD_ARROW_DOWN_ROUNDED
    head = row(look.says("past.empty", count=len(specs)), tail=icon(arrow), on_tap=lambda: turn(not is_open))
    if not is_open:
        return group([head], L)
    lines = [row(spec.asked.label(look.lang), on_tap=heard(recalling.begin, spec.name)) for spec in specs]
    hint = quiet(look.says("past.empty_hint"))
    return ft.Column([group([head, *lines], L), hint], spacing=S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
