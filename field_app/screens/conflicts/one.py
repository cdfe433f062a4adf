"""One conflict on a phone."""

import flet as ft

from field_app.actions.conflict_cards import ConflictCard, OneConflict
from field_app.screens.conflicts.card import conflict_card
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty


@ft.component
def conflict_screen(model: OneConflict, do: Do, look: Look) -> ft.Control:
    """The card, if this device has it."""
    back = look.says("conflicts.back")

    async def leave(_seen: ConflictCard) -> None:
        await do.back()

    bar = top_bar(look.says("conflicts.title"), back, do.back)
    gone = empty(look.says("conflicts.gone"), ft.Icons.TASK_ALT_ROUNDED, back, do.back)
    whole = conflict_card(model.card, model.today, do, look, leave) if model.card else gone
    return ft.Column([bar, whole], spacing=0, expand=True)
