"""The question before typed words are thrown away."""

import flet as ft

from field_app.screens.look import Look
from field_app.screens.open_form import OpenForm
from field_app.screens.parts.button import danger, plain
from field_app.screens.parts.question import question
from field_app.screens.parts.words import Do, words


def discard_dialog(opened: OpenForm, on_close: Do, look: Look) -> ft.AlertDialog:
    """Discard, or go on."""

    async def discard() -> None:
        on_close()
        await opened.discard()

    asked = look.says("record_form.discard_asked")
    below = words(look.says("record_form.discard_below"))
    stays = plain(look.says("record_form.go_on"), on_close)
    return question(asked, [below], [stays, danger(look.says("record_form.discard_now"), discard)], on_close)
