"""Two sets of cells become one: timestamped conflict resolution, per register.

The larger effective stamp wins (`last`), or the smaller for what is written once (`first`). Merging is
commutative, associative and idempotent, so neither order nor repetition of deliveries matters.
"""

import json
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from pydantic import JsonValue

Rule = Literal["last", "first"]
RuleOf = Callable[[str], Rule]

DELETED = "deleted"
"""The register of a record's tombstone: one more last-writer-wins value."""


class Cell(NamedTuple):
    """A register's value and the change that put it there."""

    value: JsonValue
    at: str  # effective stamp, text form
    by: str  # the person
    seq: int = 0  # the central store's number for that change; 0 before it has one
    was: int = 0  # the number it had before a restore lost it and its device brought it back; 0 for most


Cells = Mapping[str, Cell]


def winner(a: Cell, b: Cell, rule: Rule) -> Cell:
    """Which of two values of one register stands."""
    if rule == "first":
        return min(a, b, key=_earliness)
    return max(a, b, key=_order)


def merge(a: Cells, b: Cells, rule_of: RuleOf) -> dict[str, Cell]:
    """All registers of both; where both have one, `winner` decides."""
    merged = dict(a)
    for register, cell in b.items():
        mine = merged.get(register)
        merged[register] = cell if mine is None else winner(mine, cell, rule_of(register))
    return merged


def is_gone(cells: Cells) -> bool:
    """Whether a tombstone stands on the record."""
    return DELETED in cells and cells[DELETED].value is True


def _order(cell: Cell) -> tuple[str, str]:
    return cell.at, _text(cell.value)


def _earliness(cell: Cell) -> tuple[bool, str, str]:
    """Nothing was written by an empty value, so any value comes before it."""
    return cell.value is None, cell.at, _text(cell.value)


def _text(value: JsonValue) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
