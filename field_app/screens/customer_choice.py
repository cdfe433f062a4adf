"""A person's way through the customers at a desk: whom they look for, in which order, and who is read."""

from dataclasses import dataclass
from functools import cached_property

import flet as ft

from field_app.actions.customer_list import CustomerList, CustomerRow, matching
from field_app.actions.customer_order import Order
from field_app.actions.customer_views import group_of, shown_in
from field_app.list_views import Column
from field_app.screens.doing import Do
from field_app.screens.list_way import Way
from field_app.screens.parts.search import Search

LINES = 5  # of the table in one message: what is beside it may travel with them


@ft.observable
class CustomerDesk(Way):
    """What is chosen at a desk: a view, and who of it is read."""

    def __init__(self, do: Do) -> None:
        super().__init__(do, LINES)
        self.chosen = ""

    @property
    def order(self) -> Order:
        """In which order the table stands."""
        return Order(self.view.column, self.view.is_falling)

    def read_of(self, customer: str) -> None:
        """Show a customer beside the table."""
        self.chosen = customer

    def turn(self, column: Column) -> None:
        """The head of a column was tapped."""
        turned = self.order.turned(column)
        self.look_at(self.view.model_copy(update={"column": turned.column, "is_falling": turned.is_falling}))


@dataclass(frozen=True)
class Course:
    """The customers as they are now, and a person before them."""

    model: CustomerList
    desk: CustomerDesk
    search: Search

    @cached_property
    def visible(self) -> tuple[CustomerRow, ...]:
        """Who is in the table, in its order."""
        shown = shown_in(self.desk.view, self.model.rows, self.desk.told, self.model.today)
        return tuple(matching(shown, self.search.typed))

    @property
    def customer(self) -> CustomerRow | None:
        """Who is read: the chosen one, else the first."""
        return self.visible[self.at] if self.visible else None

    @property
    def at(self) -> int:
        """Their place among the visible, from 0."""
        return next((at for at, each in enumerate(self.visible) if each.id == self.desk.chosen), 0)

    def move(self, by: int) -> None:
        """Read the one before or after."""
        if self.visible:
            self.desk.read_of(self.visible[min(max(self.at + by, 0), len(self.visible) - 1)].id)

    def head_of(self, number: int) -> str | None:
        """The code of the group that begins with the visible one at this place; None where none begins."""
        if not self.desk.view.group or self.search.typed:
            return None
        here = self._group(number)
        return here if number == 0 or self._group(number - 1) != here else None

    def heads_before(self, number: int) -> int:
        """How many groups have begun up to that place."""
        return sum(self.head_of(each) is not None for each in range(number + 1))

    def _group(self, number: int) -> str:
        row = self.visible[number]
        return group_of(self.desk.view, row, self.desk.told.of(row.id), self.model.today)
