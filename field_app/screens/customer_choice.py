"""A person's way through the customers at a desk: whom they look for, in which order, and who is read."""

from dataclasses import dataclass
from functools import cached_property

import flet as ft

from field_app.actions.customer_list import CustomerList, CustomerRow, matching
from field_app.actions.customer_order import FILTERS, Column, Filter, Order, filter_named, in_order, only
from field_app.screens.paging import Pages
from field_app.screens.parts.search import Search

LINES = 5  # of the table in one message: what is beside it may travel with them


@ft.observable
class CustomerDesk:
    """What is chosen of filters, order and customers."""

    def __init__(self) -> None:
        self.only: Filter = FILTERS[0]
        self.order = Order()
        self.chosen = ""
        self.pages = Pages(LINES)

    def read(self, customer: str) -> None:
        """Show a customer beside the table."""
        self.chosen = customer

    def turn(self, column: Column) -> None:
        """The head of a column was tapped."""
        self.order = self.order.turned(column)
        self.pages.begin_anew()

    def look_at_only(self, which: str) -> None:
        """Show those that a filter lets through."""
        self.only = filter_named(which)
        self.pages.begin_anew()


@dataclass(frozen=True)
class Course:
    """The customers as they are now, and a person before them."""

    model: CustomerList
    desk: CustomerDesk
    search: Search

    @cached_property
    def visible(self) -> tuple[CustomerRow, ...]:
        """Who is in the table, in its order."""
        passed = only(self.model.rows, self.desk.only, self.model.today)
        return tuple(matching(in_order(passed, self.desk.order), self.search.typed))

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
            self.desk.read(self.visible[min(max(self.at + by, 0), len(self.visible) - 1)].id)
