"""被退回: what came back from the supervisor, each with its comments and the way to put it right."""

from datetime import date

import flet as ft

from field_app.actions.returned import CameBack, Returned
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.marks import review_mark
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import soft
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.surface import card, narrow, page_body
from field_app.screens.parts.words import quiet, words
from field_app.screens.supervisor_note import supervisor_note
from field_app.theme.measures import L, M, S
from field_app.theme.type import Role


@ft.component
def returned_screen(model: Returned, do: Do, look: Look) -> ft.Control:
    """One card a visit, returned ones before questions."""
    pages, _ = ft.use_state(Pages())
    cards = [_card(visit, model.today, do, look) for visit in pages.of(model.visits)]
    nothing = empty(look.says("returned.empty"), ft.Icons.TASK_ALT_ROUNDED, look.says("returned.back"), do.back)
    body = paged(page_body(*(cards or [nothing]), gap=L), pages, len(model.visits))
    bar = middle(top_bar(look.says("returned.title"), look.says("returned.back"), do.back), look, grows=False)
    return ft.Column([bar, body], spacing=0, expand=True)


def _card(visit: CameBack, today: date, do: Do, look: Look) -> ft.Control:
    async def correct() -> None:
        await do.begin("visit", {}, record=visit.id)

    head = ft.Row([words(visit.customer, Role.STRONG, grows=True), review_mark(visit.state, look)], spacing=S)
    when = quiet(look.says("returned.visited", at=moment_words(visit.at, look, today)))
    notes = [supervisor_note(note, today, look) for note in visit.notes] or [quiet(look.says("returned.no_words"))]
    button = soft(look.says("returned.correct"), correct)
    button.expand = None
    lines = [ft.Column([head, when], spacing=0), *notes, button]
    stretched = ft.CrossAxisAlignment.STRETCH
    whole = card(ft.Column(lines, spacing=M, horizontal_alignment=stretched))
    return ft.Container(narrow(whole), key=visit.id)
