"""Customers at a desk: one dense line each, the same columns under one head."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from field_app.actions.customer_list import CustomerRow
from field_app.places import Place
from field_app.screens.customer_rows import state_words
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.surface import edge
from field_app.screens.parts.words import one_line
from field_app.theme.colours import Tone
from field_app.theme.measures import DENSE_ROW, MARGIN, M
from field_app.theme.type import Role
from visit_core.picklists import LIFECYCLE_STAGE

COLUMNS = {"name": 4, "stage": 2, "phone": 3, "address": 5, "last": 2, "complete": 1}
"""How the width is shared out."""
MARKS = 3


def table_head(look: Look) -> ft.Control:
    """The names of the columns; it stays while the lines scroll."""
    cells = [_cell(look.says(f"customers.column.{name}"), name, Role.LABEL, Tone.INK2) for name in COLUMNS]
    return _line([*cells, ft.Container(expand=MARKS)], look, ground=Tone.FILL)


def table_rows(customers: Sequence[CustomerRow], do: Do, look: Look, today: date) -> list[ft.Control]:
    """A line for each customer; a tap opens the page."""
    return [_customer(each, do, look, today) for each in customers]


def _customer(customer: CustomerRow, do: Do, look: Look, today: date) -> ft.Control:
    said = {
        "name": customer.name or look.says("customers.nameless"),
        "stage": LIFECYCLE_STAGE.label(customer.stage, look.lang),
        "phone": customer.phone,
        "address": customer.address,
        "last": day_words(customer.last_visit, look, today) if customer.last_visit else "",
        "complete": f"{customer.completeness}%",
    }
    cells = [_cell(said[name], name, Role.STRONG if name == "name" else Role.BODY) for name in COLUMNS]
    words, tone = state_words(customer, look)
    marks = one_line(words, Role.LABEL, tone)
    marks.expand, marks.text_align = MARKS, ft.TextAlign.END
    line = _line([*cells, marks], look)

    async def show() -> None:
        await do.go(Place("customer", customer.id))

    line.ink, line.on_click = True, show
    return ft.Semantics(button=True, container=True, content=line)


def _line(cells: Sequence[ft.Control], look: Look, ground: Tone = Tone.CARD) -> ft.Container:
    padding = ft.Padding.symmetric(horizontal=MARGIN)
    line = ft.Container(ft.Row(list(cells), spacing=M), padding=padding, bgcolor=ground, border=edge("bottom"))
    line.height = DENSE_ROW * look.scale
    return line


def _cell(text: str, column: str, role: Role, tone: Tone = Tone.INK) -> ft.Text:
    cell = one_line(text, role, tone)
    cell.expand = COLUMNS[column]
    return cell
