"""The way to the tables from a list of customers."""

import flet as ft

from field_app.actions.tables_here import may_exchange
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button
from field_app.theme.colours import Tone


def tables_button(role: str, do: Do, look: Look, wanted: str = "") -> list[ft.Control]:
    """A sign beside the button for a new customer; `wanted` is what the list is searched for.

    None for a role that has no tables to bring in or to take along.
    """
    if not may_exchange(role):
        return []

    async def go() -> None:
        await do.go(Place("tables", wanted.strip()))

    return [sign_button(ft.Icons.SWAP_VERT_ROUNDED, look.says("tables.title"), go, tone=Tone.INK)]
