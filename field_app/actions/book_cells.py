"""What somebody said anew in a cell of a workbook that came back. Pure.

A cell that says what its base says is unchanged, however Excel has dressed it: a date as a day count, a number
without its first zero.
"""

from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import FieldSpec
from visit_core.masks import masked
from visit_core.shapes import Moment, SetOf
from visit_core.tables import cell_value


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says anew, against the text that stood there."""

    spec: FieldSpec
    value: JsonValue
    base: str
    before: JsonValue  # what the base says; None where it is masked, too
    is_clear: bool  # whether the base can be read

    def upon(self, now: JsonValue) -> JsonValue:
        """The value that the field is to have where it is `now`: of a list, what was put in and taken out."""
        if not isinstance(self.spec.shape, SetOf):
            return self.value
        value, before, present = _members(self.value), _members(self.before), _members(now)
        stay = [member for member in present if member in value or member not in before]
        return [*stay, *(member for member in value if member not in before and member not in stay)]

    def is_overtaken(self, now: JsonValue) -> bool:
        """Whether the field is no longer what its base says."""
        if self.is_clear:
            return now != self.before
        mask = self.spec.asked.masked
        return bool(mask) and masked(str(now or ""), mask or "name") != self.base


@dataclass(frozen=True, slots=True)
class Reader:
    """How the cells of one workbook are read."""

    moment: Moment
    day_zero: date

    def said_anew(self, cell: str, base: str, spec: FieldSpec) -> Said | None:
        """What the cell says that its base did not; NotValid if it cannot be read."""
        if cell.strip() == base.strip() or _is_without_its_zeros(cell.strip(), base.strip()):
            return None
        value = cell_value(cell, spec, self.moment, self.day_zero)
        try:
            before = cell_value(base, spec, self.moment)
        except NotValid:  # it was masked, or is of a version that read it otherwise
            return Said(spec, value, base, None, is_clear=False)
        return None if value == before else Said(spec, value, base, before, is_clear=True)


def _is_without_its_zeros(cell: str, base: str) -> bool:
    """Excel makes 010010 a number and shows 10010."""
    return base.startswith("0") and base.isdigit() and cell == (base.lstrip("0") or "0")


def _members(value: JsonValue) -> list[JsonValue]:
    return list(value) if isinstance(value, list) else []
