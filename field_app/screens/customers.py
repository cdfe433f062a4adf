"""客户: all customers, found by a few characters."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.customer_list import CustomerList, CustomerRow, matching
from field_app.actions.customer_views import ALL, group_of, shown_in
from field_app.places import Place
from field_app.screens.care_words import group_care
from field_app.screens.customer_rows import customer_group, customer_row
from field_app.screens.customers_desk import customers_desk
from field_app.screens.customers_none import adding, nobody
from field_app.screens.doing import Do
from field_app.screens.fitting import text_width
from field_app.screens.group_words import group_words
from field_app.screens.kept_rows import Drawing
from field_app.screens.list_way import Way, meaning_of, standing_words, view_chips
from field_app.screens.list_way_sheet import list_way_sheet
from field_app.screens.look import Look
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import sign_button, tonal
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.surface import page_body
from field_app.screens.parts.words import heading, quiet
from field_app.screens.tables.button import tables_button
from field_app.screens.unsaved_forms import unsaved_banner
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, TOUCH, XS, L, M, S
from field_app.theme.type import Role, size_of


@ft.component
def customers_screen(model: CustomerList, do: Do, look: Look) -> ft.Control:
    """All of them, as the width allows."""
    return customers_desk(model, do, look) if look.is_desk else _customers_list(model, do, look)


@ft.component
def _customers_list(model: CustomerList, do: Do, look: Look) -> ft.Control:
    """The list with its search and its views; nothing is asked of the store while one types."""
    search, _ = ft.use_state(Search())
    way, _ = ft.use_state(Way(do))

    async def learn() -> None:
        await way.read(model)

    ft.use_effect(learn, [model])
    box = search_box(search, look.says("customers.search"), look.says("customers.clear"), way.pages.begin_anew)
    searching = [ft.Container(box, padding=ft.Padding(MARGIN, 0, MARGIN, S))]
    if model.rows:
        searching.append(ft.Container(view_chips(model, way, look), padding=ft.Padding(MARGIN, 0, 0, S)))
    parts = [_head(model, do, look), *searching, _found(model, search, way, way.pages, look)]
    parts.append(list_way_sheet(model, way, look))
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(model: CustomerList, do: Do, look: Look) -> ft.Control:
    lacking = sum(each.is_incomplete for each in model.rows)
    told = look.says("customers.count", number=len(model.rows)) if model.rows else ""
    lacks = look.says("customers.lacking", number=lacking) if lacking else ""
    button = ft.Row([*tables_button(model.role, do, look), _new_button(do, look)], tight=True, spacing=XS)
    return page_header(look.says("customers.title"), told, tail=button, at_right=lacks)


def _new_button(do: Do, look: Look) -> ft.Control:
    """A sign alone where large words would push the title aside."""
    label, sign = look.says("customers.new"), ft.Icons.PERSON_ADD_ALT_ROUNDED
    words = text_width(look.says("customers.title"), size_of(Role.DISPLAY, look.scale))
    if (
        look.is_large
        or words + text_width(label, size_of(Role.STRONG, look.scale)) + look.button_sign + TOUCH + 3 * L
        > look.body_width
    ):
        return sign_button(sign, label, adding(do), tone=Tone.INK, ground=Tone.FILL)
    return tonal(label, adding(do), sign=sign, tall=False)


@ft.component
def _found(model: CustomerList, search: Search, way: Way, pages: Pages, look: Look) -> ft.Control:
    found = matching(shown_in(way.view, model.rows, way.told, model.today), search.typed)
    unsaved = _unsaved(model, way.do, look)
    if not found and way.view != ALL and not search.typed:
        return page_body(*unsaved, empty(look.says("list.nobody"), ft.Icons.FILTER_LIST_ROUNDED))
    if not found:
        return page_body(*unsaved, nobody(search.typed, way.do, look))
    groups = _groups(pages.of(found), model, way, look, is_grouped=not search.typed)
    return paged(page_body(*unsaved, *groups, gap=M), pages, len(found))


def _groups(
    rows: Sequence[CustomerRow], model: CustomerList, way: Way, look: Look, *, is_grouped: bool
) -> Sequence[ft.Control]:
    """One card, or a card for each group under its name."""
    by_group: dict[str, list[ft.Control]] = {}
    drawing = way.rows.begin()
    for each in rows:
        code = group_of(way.view, each, way.told.of(each.id), model.today) if is_grouped else ""
        by_group.setdefault(code, []).append(_row(each, model, way, look, drawing))
    if not way.view.group or not is_grouped:
        return [customer_group(each) for each in by_group.values()]
    heads = {code: _group_head(code, way, look) for code in by_group}
    return [ft.Column([heads[code], customer_group(each)], spacing=S) for code, each in by_group.items()]


def _group_head(code: str, way: Way, look: Look) -> ft.Control:
    """What the group is called; under a grade, what its customers are to have."""
    name = heading(group_words(way.view, code, look), Role.STRONG)
    said = group_care(way.view, code, way.told.care, look)
    return ft.Column([name, quiet(said)], spacing=0) if said else name


def _row(customer: CustomerRow, model: CustomerList, way: Way, look: Look, drawing: Drawing) -> ft.Control:
    async def show() -> None:
        await way.do.go(Place("customer", customer.id))

    standing = standing_words(way.told.of(customer.id), model, look)
    edge = meaning_of(customer, way.told, model)

    def drawn() -> ft.Control:
        return customer_row(customer, look, model.today, show, standing=standing, stands_out=edge)

    return drawing.row(customer.id, (customer, standing, edge, model.today, look), drawn)


def _unsaved(model: CustomerList, do: Do, look: Look) -> Sequence[ft.Control]:
    return [unsaved_banner(each, do, look) for each in model.unsaved[:1]]
