"""导入: a file is chosen, looked at, corrected where a column was guessed wrongly, and only then kept."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.bringing_in import counted
from field_app.actions.tables_here import ComingIn
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain, tonal
from field_app.screens.parts.choice import Option, chips
from field_app.screens.parts.field import Caption, advised, field_box
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.menu import menu
from field_app.screens.parts.notice import banner
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import card, page_body
from field_app.screens.parts.words import quiet
from field_app.screens.tables.book import book_parts
from field_app.screens.tables.incoming import Incoming
from field_app.screens.tables.result import result_parts
from field_app.screens.tables.seen import columns_card, preview_parts, table_parts
from field_app.screens.tables.underway import begun, underway_card
from field_app.theme.colours import DANGER
from field_app.theme.measures import L, M
from field_app.theme.type import Role
from visit_core.errors import NotValid
from visit_core.explain import explain


@ft.component
def coming_in_screen(model: ComingIn, do: Do, look: Look) -> ft.Control:
    """What there is to say of the file, the most important first; the way on under the thumb."""
    way, _ = ft.use_state(Incoming(next(iter(model.specs_by_kind))))

    async def leave() -> None:
        way.underway.stop()
        await do.back()

    bar = top_bar(look.says("tables.in"), look.says("app.back"), leave)
    body = middle(page_body(*_parts(way, model, do, look), gap=L), look)
    foot = _foot(way, do, look)
    under = [middle(bottom_bar(*foot, stacked=look.is_large), look, grows=False)] if foot else []
    return ft.Column([middle(bar, look, grows=False), body, *under], spacing=0, expand=True)


def _parts(way: Incoming, model: ComingIn, do: Do, look: Look) -> Sequence[ft.Control]:
    if way.picked is None:
        return [_kinds(way, model, do, look), quiet(look.says("tables.in_below"), Role.BODY)]
    if way.step:
        return [_file(way, do, look), underway_card(way.underway, look.says(f"tables.step.{way.step}"), look)]
    if way.taken:
        return [_file(way, do, look), *result_parts(way, do, look)]
    parts = [_file(way, do, look), *_trouble(way, do, look)]
    if way.book:
        return [*parts, *book_parts(way, do, look)]
    return [*parts, _kinds(way, model, do, look), *_table(way, model, do, look)]


def _table(way: Incoming, model: ComingIn, do: Do, look: Look) -> Sequence[ft.Control]:
    specs = model.specs_by_kind[way.kind]
    columns = [columns_card(way, specs, do, look)] if way.columns_read else []
    return [*table_parts(way, do, look), *columns, *preview_parts(way, specs, do, look)]


def _file(way: Incoming, do: Do, look: Look) -> ft.Control:
    """The file by its name, and the way to another."""
    picked = way.picked
    size = look.says("tables.size", kb=max(1, len(picked.content) // 1000)) if picked else ""
    another = None if way.step else begun(way.pick, do)
    change = plain(look.says("tables.another"), another)
    name = picked.name if picked else ""
    return card(row(name, size, lead=ft.Icons.TABLE_CHART_OUTLINED, tail=change, is_stacked=look.is_large), padding=0)


def _kinds(way: Incoming, model: ComingIn, do: Do, look: Look) -> ft.Control:
    """As what the rows are read."""
    options = [Option(name, look.calls(name)) for name in model.specs_by_kind]

    def choose(kind: str) -> None:
        begun(way.choose_kind, kind, do)()

    return advised(Caption(look.says("tables.kind")), menu(options, way.kind, choose))


def _trouble(way: Incoming, do: Do, look: Look) -> Sequence[ft.Control]:
    """Why it cannot be read, and what would mend that."""
    if way.trouble is None:
        return _sheets(way, do, look)
    is_first = isinstance(way.trouble, NotValid) and way.trouble.why == "workbook_locked"
    told = look.says("tables.locked") if is_first else explain(way.trouble, look.lang, kind=way.kind)
    below = look.says("tables.nothing_kept")
    parts = [banner(told, below, ft.Icons.ERROR_OUTLINE_ROUNDED, DANGER)]
    if way.is_locked:
        parts += _password(way, do, look)
    if way.doubled:
        leave_out = begun(way.name_column, way.doubled, "", do)
        parts.append(tonal(look.says("tables.leave_out", column=way.doubled), leave_out, tall=False))
    return [*parts, *_sheets(way, do, look)]


def _sheets(way: Incoming, do: Do, look: Look) -> Sequence[ft.Control]:
    if not way.sheets:
        return []
    options = [Option(name, name) for name in way.sheets]

    def choose(sheet: str) -> None:
        begun(way.choose_sheet, sheet, do)()

    return [advised(Caption(look.says("tables.sheet")), chips(options, [way.sheet], choose))]


def _password(way: Incoming, do: Do, look: Look) -> list[ft.Control]:
    def typed(event: ft.Event[ft.TextField]) -> None:
        way.password = words_in(event)

    open_it = begun(way.look, do)
    box = ft.TextField(value=way.password, password=True, can_reveal_password=True, on_change=typed, on_submit=open_it)
    field = field_box(Caption(look.says("tables.password"), help=look.says("tables.password_in")), box)
    stretched = ft.CrossAxisAlignment.STRETCH
    button = filled(look.says("tables.open"), open_it, grows=False)
    return [ft.Column([field, button], spacing=M, horizontal_alignment=stretched)]


def _foot(way: Incoming, do: Do, look: Look) -> list[ft.Control]:
    """The one way on from here; none while something goes on, or where nothing can be kept."""
    sign = ft.Icons.FILE_OPEN_OUTLINED
    if way.picked is None:
        return [filled(look.says("tables.pick"), begun(way.pick, do), sign=sign)]
    if way.step or not way.found:
        return [] if way.step or way.is_locked else [tonal(look.says("tables.again"), begun(way.look, do), grows=True)]
    if way.taken:
        return [tonal(look.says("tables.pick_next"), begun(way.pick, do)), filled(look.says("tables.done"), do.back)]
    return _keep(way, do, look)


def _keep(way: Incoming, do: Do, look: Look) -> list[ft.Control]:
    if way.book:
        count, key = len(way.book.changes) + way.book.fresh, "tables.take_changes"
    else:
        count = counted(way.table, skip_doubles=way.skips_doubles).fresh if way.table else 0
        key = "tables.take_rows"
    begin = begun(way.take, do) if count else None
    return [filled(look.says(key, count=count) if count else look.says("tables.nothing"), begin)]
