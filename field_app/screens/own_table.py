"""One table of the organisation's own: its records, a search over them, and the button for a new one."""

import flet as ft

from field_app.actions.own_records import OwnLine, OwnTablePage, found
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.marks import sync_marks
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import row
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.surface import group, page_body
from field_app.theme.measures import MARGIN, S

SHOWN_WORDS = 4


@ft.component
def own_table_screen(model: OwnTablePage, do: Do, look: Look) -> ft.Control:
    """The latest first; a tap opens the form."""
    search, _ = ft.use_state(Search())
    pages, _ = ft.use_state(Pages())
    name = model.named.label(look.lang)

    async def add() -> None:
        await do.begin(model.named.kind, {})

    box = search_box(search, look.says("own.search"), look.says("customers.clear"), pages.begin_anew)
    bar = middle(top_bar(name, look.says("app.back"), do.back), look, grows=False)
    searching = middle(ft.Container(box, padding=ft.Padding(MARGIN, 0, MARGIN, S)), look, grows=False)
    parts = [bar, searching, middle(_found(model, search, pages, do, look), look)]
    if model.named.is_in_use:
        parts.append(bottom_bar(filled(look.says("own.add", name=name), add, sign=ft.Icons.ADD_ROUNDED)))
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=stretched)


@ft.component
def _found(model: OwnTablePage, search: Search, pages: Pages, do: Do, look: Look) -> ft.Control:
    lines = found(model.lines, search.typed)
    rows = [_row(each, model.named.kind, do, look) for each in pages.of(lines)]
    nothing = empty(look.says("own.nothing"), ft.Icons.TABLE_ROWS_OUTLINED)
    return paged(page_body(group(rows) if rows else nothing), pages, len(lines))


def _row(line: OwnLine, kind: str, do: Do, look: Look) -> ft.Control:
    async def edit() -> None:
        await do.begin(kind, {}, record=line.id)

    words = line.zh if look.lang == "zh" else line.en
    below = "·".join(filter(None, (line.customer, *words[:SHOWN_WORDS])))
    marks = sync_marks(line.sync_state, look)
    tail = ft.Row(marks, tight=True) if marks else None
    return row(line.title, below, tail=tail, on_tap=edit, is_stacked=look.is_large)
