"""Rows that stay as they were drawn: what has not changed is neither made nor compared nor sent again."""

from collections.abc import Callable

import flet as ft


class KeptRows:
    """The rows of one list, by what they are of. A row that has only moved is moved, not drawn."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[object, ft.Control]] = {}
        self._numbers: dict[str, int] = {}

    def begin(self) -> "Drawing":
        """Draw the list once more; rows that are not asked for this time are forgotten."""
        last, self._drawn = self._drawn, {}
        return Drawing(last, self._drawn, self._numbers)


class Drawing:
    """One time that the list is drawn."""

    def __init__(
        self,
        last: dict[str, tuple[object, ft.Control]],
        drawn: dict[str, tuple[object, ft.Control]],
        numbers: dict[str, int],
    ) -> None:
        self._last, self._drawn, self._numbers = last, drawn, numbers

    def row(self, name: str, told: object, make: Callable[[], ft.Control]) -> ft.Control:
        """The row of that name as it was drawn for an equal `told`, or made anew; `name` is in the list once."""
        before = self._last.get(name)
        if before is None or before[0] != told:
            made = make()
            made.key = self._numbers.setdefault(name, len(self._numbers))  # travels: a number is short
            before = told, made
        self._drawn[name] = before
        return before[1]
