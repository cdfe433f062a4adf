"""In which order a table of customers stands, and which of them it shows. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from field_app.actions.customer_list import CustomerRow
from field_app.actions.promises import local_day
from visit_core.picklists import LIFECYCLE_STAGE

Column = Literal["name", "stage", "phone", "address", "last", "complete"]
COLUMNS: tuple[Column, ...] = ("name", "stage", "phone", "address", "last", "complete")
LATEST_FIRST: tuple[Column, ...] = ("last", "complete")
"""Columns whose first tap puts the greatest on top."""

Filter = Literal["all", "incomplete", "unseen", "never", "do_not_visit", "unsent"]
FILTERS: tuple[Filter, ...] = ("all", "incomplete", "unseen", "never", "do_not_visit", "unsent")
LONG_UNSEEN = timedelta(days=30)
_STAGES = [choice.code for choice in LIFECYCLE_STAGE.choices]


def filter_named(code: str) -> Filter:
    """The filter of that code; all customers if there is none."""
    return next((each for each in FILTERS if each == code), FILTERS[0])


@dataclass(frozen=True, slots=True)
class Order:
    """By which column; by none, customers stand as they are given, the latest activity first."""

    column: Column | None = None
    is_falling: bool = False

    def turned(self, column: Column) -> "Order":
        """What a tap on a column's head makes of it: one way, the other way, and as given again."""
        first_falls = column in LATEST_FIRST
        if self.column != column:
            return Order(column, first_falls)
        return Order(column, not first_falls) if self.is_falling == first_falls else Order()


def in_order(rows: Iterable[CustomerRow], order: Order) -> Sequence[CustomerRow]:
    """The customers in that order. Those of whom the column says nothing come last, either way."""
    if order.column is None:
        return tuple(rows)
    key = _KEYS[order.column]
    given = tuple(rows)
    told = sorted((row for row in given if key(row) != ""), key=key, reverse=order.is_falling)
    return (*told, *(row for row in given if key(row) == ""))


def only(rows: Iterable[CustomerRow], which: Filter, today: date) -> Sequence[CustomerRow]:
    """The customers that a filter lets through."""
    return tuple(row for row in rows if _passes(row, which, today))


def _passes(row: CustomerRow, which: Filter, today: date) -> bool:
    match which:
        case "all":
            return True
        case "incomplete":
            return row.is_incomplete
        case "never":
            return not row.last_visit
        case "do_not_visit":
            return row.do_not_visit
        case "unsent":
            return row.sync_state == "queued"
    day = local_day(row.last_visit)
    return day is not None and today - day >= LONG_UNSEEN


def _in_pinyin(text: str) -> bytes | str:
    """GB 2312 has the everyday characters in the order of their pinyin; Latin comes first."""
    return text.casefold().encode("gb18030") if text else ""


def _stage(row: CustomerRow) -> int | str:
    return _STAGES.index(row.stage) if row.stage in _STAGES else ""


_KEYS: Mapping[Column, Callable[[CustomerRow], Any]] = {
    "name": lambda row: _in_pinyin(row.name),
    "stage": _stage,
    "phone": lambda row: row.number,
    "address": lambda row: _in_pinyin(row.address),
    "last": lambda row: row.last_visit,
    "complete": lambda row: row.completeness,
}
