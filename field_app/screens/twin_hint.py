"""可能已有这位客户: told while one types, so that nobody is written down twice."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.twins import Known, twin
from field_app.forms import Answer
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.notice import banner
from field_app.screens.parts.words import Do as Tap
from field_app.theme.colours import INFO
from field_app.theme.measures import S


@ft.component
def twin_hint(name: Answer, mobile: Answer, address: Answer, known: Sequence[Known], do: Do, look: Look) -> ft.Control:
    """Drawn anew by itself with every key; it takes no room while nobody is alike."""
    denied, deny = ft.use_state("")
    found = twin(known, *(str(answer.raw or "") for answer in (name, mobile, address)))
    if found is None or found.id == denied:
        return ft.Container(visible=False)
    return _hint(found, lambda: deny(found.id), do, look)


def _hint(found: Known, deny: Tap, do: Do, look: Look) -> ft.Control:
    async def show() -> None:
        await do.go(Place("customer", found.id))

    is_other = plain(look.says("twin.other"), deny)
    opens = plain(look.says("twin.open", name=found.name or found.phone), show)
    actions = ft.Row([is_other, opens], spacing=S, wrap=True, alignment=ft.MainAxisAlignment.END, expand=True)
    below = "·".join(part for part in (found.name, found.phone, found.address) if part)
    return banner(look.says("twin.perhaps"), below, ft.Icons.PERSON_SEARCH_OUTLINED, INFO, action=actions)
