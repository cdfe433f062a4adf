"""The sheet on which a customer is chosen for a field of a form."""

import flet as ft

from field_app.actions import customer_list
from field_app.actions.customer_list import CustomerList, CustomerRow, matching
from field_app.screens.customer_rows import customer_group, customer_row
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.notice import empty
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.surface import page_body
from field_app.screens.picking import Picking
from field_app.theme.measures import MARGIN, S
from visit_core.errors import VisitError


@ft.component
def customer_chooser(picking: Picking, search: Search, do: Do, look: Look) -> ft.Control:
    """A search over all customers; they are read when the sheet opens."""
    known, learn = ft.use_state(CustomerList((), (), do.moment().today))
    pages, _ = ft.use_state(Pages())

    async def read() -> None:
        answer = await do.ask(customer_list.load)
        if not isinstance(answer, VisitError):
            learn(answer)

    ft.use_effect(read, [])
    hint, clear = look.says("customers.search"), look.says("customers.clear")
    box = search_box(search, hint, clear, pages.begin_anew, here=True)
    searching = ft.Container(box, padding=ft.Padding(MARGIN, 0, MARGIN, S))
    parts = [searching, _found(known, search, pages, picking, look)]
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def _found(known: CustomerList, search: Search, pages: Pages, picking: Picking, look: Look) -> ft.Control:
    found = matching(known.rows, search.typed)
    if not found:
        said = "picker.none_found" if search.typed else "picker.none"
        return page_body(empty(look.says(said, typed=search.typed), ft.Icons.PEOPLE_ALT_OUTLINED))
    rows = [_row(each, known, picking, look) for each in pages.of(found)]
    return paged(page_body(customer_group(rows)), pages, len(found))


def _row(customer: CustomerRow, known: CustomerList, picking: Picking, look: Look) -> ft.Control:
    return customer_row(customer, look, known.today, lambda: picking.choose(customer.id, customer.name))
