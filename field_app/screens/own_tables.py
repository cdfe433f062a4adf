"""自建表格: the tables that the organisation added; an admin makes and changes them, all others open them."""

import flet as ft

from field_app.actions import own_tables
from field_app.actions.own_records import OwnTableHere, OwnTablesHere
from field_app.actions.own_tables import KIND
from field_app.places import FIELDS, Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import quiet
from field_app.theme.measures import L
from visit_core.errors import VisitError


@ft.component
def own_tables_screen(model: OwnTablesHere, do: Do, look: Look) -> ft.Control:
    """All tables; the button for a new one is an admin's."""

    async def make() -> None:
        key = await do.ask(own_tables.fresh_key)
        if not isinstance(key, VisitError):
            await do.begin(KIND, {"key": key})

    async def to_fields() -> None:
        await do.home(FIELDS)

    rows = [_row(each, model.may_make, do, look) for each in model.tables]
    below = look.says("own.below_admin" if model.may_make else "own.below")
    nothing = empty(look.says("own.none"), ft.Icons.TABLE_CHART_OUTLINED)
    told = [quiet(below), group(rows, look.row_indent) if rows else nothing]
    if model.may_make and rows:
        told.append(ft.Row([plain(look.says("own.to_fields"), to_fields)], wrap=True))
    bar = middle(top_bar(look.says("own.title"), look.says("app.back"), do.back), look, grows=False)
    parts = [bar, middle(page_body(*told, gap=L), look)]
    if model.may_make:
        parts.append(bottom_bar(filled(look.says("own.make"), make, sign=ft.Icons.ADD_ROUNDED)))
    return ft.Column(parts, spacing=0, expand=True)


def _row(table: OwnTableHere, may_make: bool, do: Do, look: Look) -> ft.Control:
    named = table.named

    async def show() -> None:
        if may_make:
            await do.begin(KIND, {}, record=table.id)
        else:
            await do.go(Place("own_table", named.kind))

    said = [
        look.says("own.attached" if named.is_attached else "own.free"),
        *([] if may_make else [look.says("own.records", count=table.records)]),
        *([] if named.is_in_use else [look.says("own.out_of_use")]),
    ]
    return row(named.label(look.lang), "·".join(said), lead=ft.Icons.TABLE_CHART_OUTLINED, tail=chevron(), on_tap=show)
