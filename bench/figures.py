"""What was measured, what it had to come to, and what we say of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure has to come to (`reach`) and what we should like (`aim`); lower is better unless `more`."""

    reach: float
    aim: float | None = None
    more: bool = False

    def is_met(self, value: float, bound: float | None) -> bool:
        """Whether the number comes to that bound."""
        if bound is None:
            return False
        return value >= bound if self.more else value <= bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured; without a goal it is there to be read."""

    name: str
    value: float
    unit: str
    goal: Goal | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """`aim`, `reach`, or by how much it misses; empty without a goal."""
        if self.goal is None:
            return ""
        if self.goal.is_met(self.value, self.goal.aim):
            return "aim met"
        if self.goal.is_met(self.value, self.goal.reach):
            return "met"
        return f"MISS: {_number(self.value)} against {_number(self.goal.reach)}"

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {**asdict(self), "verdict": self.verdict}


def misses(figures: Sequence[Figure]) -> int:
    """How many figures do not come to their reach."""
    return sum(figure.verdict.startswith("MISS") for figure in figures)


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, one each."""
    rows = [("figure", "measured", "reach", "aim", "verdict"), *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: tuple[str, ...], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if n == 0 else cell.rjust(width)
        for n, (cell, width) in enumerate(zip(row, widths, strict=False))
    ]
    return "  ".join([*cells, row[4]]).rstrip()


def _row(figure: Figure) -> tuple[str, ...]:
    goal = figure.goal
    sign = ">=" if goal and goal.more else "<="
    reach = f"{sign} {_number(goal.reach)}" if goal else ""
    aim = f"{sign} {_number(goal.aim)}" if goal and goal.aim is not None else ""
    said = "; ".join(text for text in (figure.verdict, figure.note) if text)
    return figure.name, f"{_number(figure.value)} {figure.unit}", reach, aim, said


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"
