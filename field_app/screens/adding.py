"""What can be written down about a customer besides a visit: one button, and the sheet of kinds behind it."""

import flet as ft

from field_app.screens.doing import Do
from field_app.screens.kind_signs import sign_of
from field_app.screens.look import Look
from field_app.screens.parts.button import tonal
from field_app.screens.parts.choice import Option, columns_of, grid
from field_app.screens.parts.sheet import sheet_of
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import heading
from field_app.screens.quick import soon
from field_app.theme.type import Role
from visit_core.kinds import ABOUT_A_CUSTOMER

KINDS = tuple(kind for kind in ABOUT_A_CUSTOMER if kind != "visit")


@ft.component
def adding(customer: str, do: Do, look: Look) -> ft.Control:
    """One button; the sheet closes with the choice."""
    is_open, turn = ft.use_state(False)
    ft.use_dialog(_sheet(customer, lambda: turn(False), do, look) if is_open else None)
    button = tonal(look.says("adding.open"), lambda: turn(True), sign=ft.Icons.ADD_ROUNDED)
    return ft.Row([ft.Container(button, expand=True)])


def _sheet(customer: str, close: Tap, do: Do, look: Look) -> ft.BottomSheet:
    async def begin(kind: str) -> None:
        close()
        await do.begin(kind, {"customer_id": customer})

    own = [each.kind for each in look.own if each.is_attached and each.is_in_use]
    options = [Option(kind, look.calls(kind), sign_of(kind)) for kind in (*KINDS, *own)]
    tiles = grid(options, None, soon(begin), columns=columns_of(options, look), tall=True)
    return sheet_of([heading(look.says("adding.title"), Role.TITLE), tiles], close)
