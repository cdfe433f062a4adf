"""Nobody to show: one sentence, and the one thing to do about it."""

from collections.abc import Mapping

import flet as ft

from field_app.actions.new_visit import given_by_search
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.notice import empty
from field_app.screens.parts.words import Do as Tap

NOTHING_KNOWN: Mapping[str, str] = {}


def nobody(typed: str, do: Do, look: Look) -> ft.Control:
    """There are no customers, or none that fits what was typed; it becomes a new one."""
    said = look.says("customers.none_found", typed=typed) if typed else look.says("customers.none")
    return empty(said, ft.Icons.PEOPLE_ALT_OUTLINED, look.says("customers.new"), adding(do, given_by_search(typed)))


def adding(do: Do, known: Mapping[str, str] = NOTHING_KNOWN) -> Tap:
    """Begins a customer of whom so much is known."""

    async def add() -> None:
        await do.begin("customer", dict(known))

    return add
