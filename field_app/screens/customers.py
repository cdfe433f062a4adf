"""客户: all customers, found by a few characters."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.customer_list import CustomerList, CustomerRow, matching
from field_app.places import Place
from field_app.screens.customer_rows import customer_group, customer_row
from field_app.screens.customers_desk import customers_desk
from field_app.screens.customers_none import adding, nobody
from field_app.screens.doing import Do
from field_app.screens.fitting import text_width
from field_app.screens.look import Look
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import sign_button, tonal
from field_app.screens.parts.choice import SIGN
from field_app.screens.parts.header import page_header
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.surface import page_body
from field_app.screens.unsaved_forms import unsaved_banner
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, L, M, S
from field_app.theme.type import Role, size_of


@ft.component
def customers_screen(model: CustomerList, do: Do, look: Look) -> ft.Control:
    """All of them, as the width allows."""
    return customers_desk(model, do, look) if look.is_desk else _customers_list(model, do, look)


@ft.component
def _customers_list(model: CustomerList, do: Do, look: Look) -> ft.Control:
    """The list with its search; nothing is asked of the store while one types."""
    search, _ = ft.use_state(Search())
    pages, _ = ft.use_state(Pages())
    box = search_box(search, look.says("customers.search"), look.says("customers.clear"), pages.begin_anew)
    searching = ft.Container(box, padding=ft.Padding(MARGIN, 0, MARGIN, S))
    parts = [_head(model, do, look), searching, _found(model, search, pages, do, look)]
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(model: CustomerList, do: Do, look: Look) -> ft.Control:
    lacking = sum(each.is_incomplete for each in model.rows)
    told = look.says("customers.count", number=len(model.rows)) if model.rows else ""
    lacks = look.says("customers.lacking", number=lacking) if lacking else ""
    button = _new_button(do, look)
    return page_header(look.says("customers.title"), told, tail=button, at_right=lacks)


def _new_button(do: Do, look: Look) -> ft.Control:
    """A sign alone where large words would push the title aside."""
    label, sign = look.says("customers.new"), ft.Icons.PERSON_ADD_ALT_ROUNDED
    words = text_width(look.says("customers.title"), size_of(Role.DISPLAY, look.scale))
    if look.is_large or words + text_width(label, size_of(Role.STRONG, look.scale)) + SIGN + 3 * L > look.body_width:
        return sign_button(sign, label, adding(do), tone=Tone.INK, ground=Tone.FILL)
    return tonal(label, adding(do), sign=sign, tall=False)


@ft.component
def _found(model: CustomerList, search: Search, pages: Pages, do: Do, look: Look) -> ft.Control:
    found = matching(model.rows, search.typed)
    if not found:
        return page_body(*_unsaved(model, do, look), nobody(search.typed, do, look))
    rows = customer_group([_row(each, model, do, look) for each in pages.of(found)])
    return paged(page_body(*_unsaved(model, do, look), rows, gap=M), pages, len(found))


def _row(customer: CustomerRow, model: CustomerList, do: Do, look: Look) -> ft.Control:
    async def show() -> None:
        await do.go(Place("customer", customer.id))

    return customer_row(customer, look, model.today, show)


def _unsaved(model: CustomerList, do: Do, look: Look) -> Sequence[ft.Control]:
    return [unsaved_banner(each, do, look) for each in model.unsaved[:1]]
