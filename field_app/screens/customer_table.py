"""Customers at a desk: one dense line each, the same columns under one head that orders them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import flet as ft

from field_app.actions.customer_list import CustomerRow
from field_app.actions.customer_order import COLUMNS, Order
from field_app.list_views import Column
from field_app.screens.care_words import group_care
from field_app.screens.customer_choice import Course
from field_app.screens.customer_rows import state_words
from field_app.screens.days import day_words
from field_app.screens.group_words import group_words
from field_app.screens.list_way import meaning_of, standing_words
from field_app.screens.look import Look
from field_app.screens.parts.heard import heard
from field_app.screens.parts.words import icon, one_line
from field_app.theme.colours import Tone
from field_app.theme.measures import DENSE_ROW, RADIUS, XS, L, M, S
from field_app.theme.styles import CLEAR
from field_app.theme.type import Role
from visit_core.picklists import LIFECYCLE_STAGE

LEAST: dict[Column, float] = {"name": 104, "phone": 108, "last": 88, "stage": 96, "complete": 60, "address": 176}
"""How wide a column must be at 100 %; the first of them is the last to be left out."""
GROWS: tuple[Column, ...] = ("name", "address")
MARKS = 92
MARK = 3  # the bar at the left of the chosen line; every line has it, so that nothing moves
Cell = TypeVar("Cell", bound=ft.LayoutControl)
SIGNS = {False: ft.Icons.ARROW_UPWARD_ROUNDED, True: ft.Icons.ARROW_DOWNWARD_ROUNDED}


def columns_in(width: float, look: Look) -> list[Column]:
    """The columns that this much room has, in their order."""
    left = width / look.scale - MARK - M - L - MARKS
    kept: set[Column] = set()
    for column, least in LEAST.items():
        left -= least + S
        if left >= 0 or not kept:
            kept.add(column)
    return [column for column in COLUMNS if column in kept]


def line_height(look: Look) -> float:
    """One line of words, and never less than a mouse wants."""
    return DENSE_ROW * look.scale


def table_head(course: Course, columns: Sequence[Column], look: Look) -> ft.Control:
    """The names of the columns; each orders the lines. It stays while they scroll."""
    cells = [_sized(_head(course, column, look), column, look) for column in columns]
    padding = ft.Padding(MARK + M - XS, 0, L + XS, 0)
    line = ft.Row([*cells, ft.Container(width=MARKS * look.scale)], spacing=S)
    return ft.Container(line, padding=padding, bgcolor=Tone.FILL, height=line_height(look))


def table_rows(
    course: Course, shown: Sequence[CustomerRow], columns: Sequence[Column], look: Look, on_tap: Callable[[str], object]
) -> list[ft.Control]:
    """A line for each customer; `on_tap` hears whose was tapped. They are no stops of Tab: arrows go through them."""
    chosen = course.customer
    lines: list[ft.Control] = []
    for number, each in enumerate(shown):
        group = course.head_of(number)
        if group is not None:
            lines.append(_group_head(course, group, look))
        line = _line(course, each, columns, look, is_chosen=each is chosen)
        tapped = ft.GestureDetector(line, mouse_cursor=ft.MouseCursor.CLICK, on_tap=heard(on_tap, each.id))
        lines.append(ft.Semantics(button=True, container=True, selected=each is chosen, content=tapped, key=each.id))
    return lines


def _group_head(course: Course, group: str, look: Look) -> ft.Control:
    view, care = course.desk.view, course.desk.told.care
    line = "  ".join(filter(None, (group_words(view, group, look), group_care(view, group, care, look))))
    said = one_line(line, Role.LABEL, Tone.INK2)
    padding = ft.Padding(MARK + M, 0, L, 0)
    held = ft.Container(said, padding=padding, height=line_height(look), alignment=ft.Alignment.CENTER_LEFT)
    held.bgcolor = Tone.PAGE
    return ft.Semantics(header=True, content=held, key=f"group.{group}")


def _head(course: Course, column: Column, look: Look) -> ft.Row:
    order, label = course.desk.order, look.says(f"customers.column.{column}")
    is_here = order.column == column
    tone = Tone.INK if is_here else Tone.INK2
    sign = [icon(SIGNS[order.is_falling], Tone.INK, 16)] if is_here else []
    name = one_line(label, Role.LABEL, tone, grows=False)
    line = ft.Row([name, *sign], spacing=2, tight=True)
    tapped = ft.Container(line, padding=ft.Padding(XS, S, XS, S), border_radius=RADIUS, ink=True)
    tapped.on_click = heard(course.desk.turn, column)
    said = _said(order, look) if is_here else None
    return ft.Row([ft.Semantics(button=True, container=True, value=said, content=tapped)], spacing=0)


def _said(order: Order, look: Look) -> str:
    return look.says("customers.falling" if order.is_falling else "customers.rising")


def _line(
    course: Course, customer: CustomerRow, columns: Sequence[Column], look: Look, *, is_chosen: bool
) -> ft.Container:
    said = _words(course, customer, look)
    cells = [_sized(one_line(said[name], _role(name), grows=False), name, look) for name in columns]
    marks = one_line(*_marks(course, customer, look), grows=False)
    marks.width = MARKS * look.scale
    line = ft.Container(ft.Row([*cells, marks], spacing=S), padding=ft.Padding(M, 0, L, 0), height=line_height(look))
    line.bgcolor = Tone.TINT if is_chosen else Tone.CARD
    meaning = meaning_of(customer, course.desk.told, course.model)
    left = ft.BorderSide(MARK, Tone.PRIMARY if is_chosen else meaning.tone if meaning else CLEAR)
    line.border = ft.Border.only(left=left, bottom=ft.BorderSide(1, Tone.LINE))
    return line


def _words(course: Course, customer: CustomerRow, look: Look) -> dict[Column, str]:
    today = course.model.today
    return {
        "name": customer.name or look.says("customers.nameless"),
        "stage": LIFECYCLE_STAGE.label(customer.stage, look.lang),
        "phone": customer.phone,
        "address": customer.address,
        "last": day_words(customer.last_visit, look, today) if customer.last_visit else "",
        "complete": f"{customer.completeness}%",
    }


def _marks(course: Course, customer: CustomerRow, look: Look) -> tuple[str, Role, Tone]:
    words, tone = state_words(customer, look)
    standing = standing_words(course.desk.told.of(customer.id), course.model, look)
    if not standing:
        return words, Role.SECOND, tone
    return "·".join([*(said for said, _ in standing), *filter(None, [words])]), Role.SECOND, standing[-1][1].tone


def _role(column: Column) -> Role:
    return Role.LABEL if column == "name" else Role.SECOND


def _sized(cell: Cell, column: Column, look: Look) -> Cell:
    """Fifty lines travel in a few messages: a cell is no more than its words."""
    if column in GROWS:
        cell.expand = int(LEAST[column])
    else:
        cell.width = LEAST[column] * look.scale
    return cell
