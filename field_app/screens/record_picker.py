"""The choice of a record for a field, on a sheet: a search, those used last first, and a new one where none fits."""

from functools import partial

import flet as ft

from field_app.actions.pickables import Pickable, meant, pickables, title_of
from field_app.screens.customer_picker import customer_chooser
from field_app.screens.doing import Do
from field_app.screens.kind_signs import SIGNS
from field_app.screens.look import Look
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import tonal
from field_app.screens.parts.heard import heard
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import row
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.sheet import tall_sheet
from field_app.screens.parts.surface import group, page_body
from field_app.screens.picking import Picking
from field_app.screens.record_maker import NewRecord, may_be_made, record_maker
from field_app.theme.measures import MARGIN, S
from visit_core.errors import VisitError

NOTHING: tuple[Pickable, ...] = ()
SIGN = ft.Icons.LABEL_OUTLINE_ROUNDED
NOT_MAKING: NewRecord | None = None


def picker_sheet(picking: Picking, do: Do, look: Look) -> ft.BottomSheet:
    """Slides in from below, the cursor in the search."""
    return tall_sheet(_chooser(picking, do, look), lambda: picking.end())


@ft.component
def _chooser(picking: Picking, do: Do, look: Look) -> ft.Control:
    """The search, or, once nobody fits, the few fields of a new record."""
    search, _ = ft.use_state(Search())
    new, make = ft.use_state(NOT_MAKING)
    kind = picking.kind

    async def chosen(record: str, _kind: str) -> None:
        view = await do.ask(lambda store: store.view(kind, record))
        known = None if isinstance(view, VisitError) else view
        picking.choose(record, title_of(kind, known.fields) if known else "")

    if new is not None:
        return record_maker(new, look, lambda r, k: ft.context.page.run_task(chosen, r, k), lambda: make(NOT_MAKING))
    found = customer_chooser if kind == "customer" else _records
    parts: list[ft.Control] = [ft.Container(found(picking, search, do, look), expand=True)]
    if may_be_made(kind):
        label = look.says("record_form.new", kind=look.calls(kind))
        button = tonal(label, lambda: make(NewRecord(kind, search.typed.strip(), do)), sign=ft.Icons.ADD_ROUNDED)
        parts.append(ft.Container(button, padding=ft.Padding(MARGIN, S, MARGIN, 0)))
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def _records(picking: Picking, search: Search, do: Do, look: Look) -> ft.Control:
    known, learn = ft.use_state(NOTHING)
    pages, _ = ft.use_state(Pages())

    async def read() -> None:
        answer = await do.ask(partial(pickables, kind=picking.kind, lang=look.lang))
        if not isinstance(answer, VisitError):
            learn(answer)

    ft.use_effect(read, [])
    hint = look.says("picker.search", kind=look.calls(picking.kind))
    box = search_box(search, hint, look.says("customers.clear"), pages.begin_anew, here=True)
    searching = ft.Container(box, padding=ft.Padding(MARGIN, 0, MARGIN, S))
    parts = [searching, _found(known, search, pages, picking, look)]
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def _found(known: tuple[Pickable, ...], search: Search, pages: Pages, picking: Picking, look: Look) -> ft.Control:
    found, label = meant(known, search.typed), look.calls(picking.kind)
    if not found:
        said = look.says("picker.none_of" if search.typed else "picker.none_yet", kind=label, typed=search.typed)
        return page_body(empty(said, SIGNS.get(picking.kind, SIGN)))

    def choose(record: Pickable) -> None:
        picking.choose(record.id, record.title)

    rows = [row(each.title, each.below, on_tap=heard(choose, each)) for each in pages.of(found)]
    return paged(page_body(group(rows)), pages, len(found))
