"""The end of a timeline: what was done earlier lies on the server and is a tap away."""

from functools import partial

import flet as ft

from field_app.actions.older import fetch_older
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import tonal
from field_app.screens.parts.words import quiet
from field_app.theme.measures import S
from visit_core.errors import VisitError


@ft.component
def older_line(customer: str, do: Do, look: Look) -> ft.Control:
    """One line and one button, which waits while the server answers."""
    is_busy, set_busy = ft.use_state(False)

    async def fetch() -> None:
        set_busy(True)
        told = await do.reach(partial(fetch_older, customer=customer))
        set_busy(False)
        if not isinstance(told, VisitError):
            do.say(look.says("older.fetched" if told else "older.none", count=told))

    button = tonal(look.says("older.busy" if is_busy else "older.fetch"), None if is_busy else fetch)
    return ft.Column(
        [quiet(look.says("older.hint")), button], spacing=S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH
    )
