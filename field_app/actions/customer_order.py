"""In which order customers stand. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from field_app.actions.customer_list import CustomerRow
from field_app.list_views import Column
from visit_core.picklists import LIFECYCLE_STAGE

COLUMNS: tuple[Column, ...] = ("name", "stage", "phone", "address", "last", "complete")
LATEST_FIRST: tuple[Column, ...] = ("last", "complete")
"""Columns whose first tap puts the greatest on top."""

_STAGES = [choice.code for choice in LIFECYCLE_STAGE.choices]


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
