"""The way back to a form that was left unsaved."""

import flet as ft

from field_app.actions.unsaved import Unsaved
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.notice import banner


def unsaved_banner(unsaved: Unsaved, do: Do, look: Look) -> ft.Control:
    """What was begun, and a button to go on with it."""

    async def go_on() -> None:
        await do.go(Place("visit" if unsaved.kind == "visit" else "form", unsaved.id))

    kind = look.calls(unsaved.kind)
    title = look.says("unsaved.new" if unsaved.is_new else "unsaved.edit", kind=kind)
    action = plain(look.says("unsaved.go_on"), go_on)
    below = unsaved.name or look.says("unsaved.kept")
    return banner(title, below, ft.Icons.EDIT_NOTE_ROUNDED, action=action)
