"""What a cell was meant to say before Excel rewrote it, or that this is lost."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from visit_core import divisions
from visit_core.errors import NotValid
from visit_core.fields import Specs
from visit_core.shapes import AnyPhone, CreditCode, Day, Division, Landline, Mobile, Pattern, Shape, When

_NUMBERS_OF_DIGITS = (Mobile, Landline, AnyPhone, CreditCode, Pattern)  # what Excel takes for a quantity
_QUOTES = "'\u2018\u2019`"
_ROUNDED = re.compile(r"([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})")
_SERIAL = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(?::00(?:\.0+)?)?$")
_SEVERAL = re.compile(r"[/\\、;；|\n]|(?<=[\u4e00-\u9fff]{2})[,，&＆](?=[\u4e00-\u9fff]{2})")


def meant(cell: str, shape: Shape, day_zero: date) -> str:
    """The cell's text as `shape` reads it; NotValid `table_rounded` where digits are lost for good."""
    if isinstance(shape, _NUMBERS_OF_DIGITS):
        return _whole_number(cell.strip().lstrip(_QUOTES))
    if isinstance(shape, Day | When):
        return _day(cell.strip().lstrip(_QUOTES), day_zero)
    return cell


def placed(cells: Sequence[str], columns: Mapping[int, str], specs: Specs) -> tuple[str, ...]:
    """The cells of a row with codes for places: a district is looked for in the city that stands beside it."""
    shapes = {place: specs[name].shape for place, name in columns.items() if name in specs}
    level = {place: shape.level for place, shape in shapes.items() if isinstance(shape, Division)}
    codes = divisions.placed({level[place]: cells[place] for place in level}) if level else {}
    return tuple(codes.get(level.get(place, ""), cell) for place, cell in enumerate(cells))


def one_name(cell: str) -> str:
    """The cell, if it names one person: 张三/李四 are two, and whose number stands beside them nobody knows."""
    parts = [part for part in _SEVERAL.split(cell.strip()) if part.strip()]
    if len(parts) > 1:
        raise NotValid("table_names")
    return cell


def _whole_number(text: str) -> str:
    rounded = _ROUNDED.fullmatch(text)
    if rounded is None:
        return re.sub(r"(?<=^[0-9]{11})\.0+$", "", text)
    if len(rounded[2] or "") < int(rounded[3]):
        raise NotValid("table_rounded", said=text)
    return f"{Decimal(text):f}"


def _day(text: str, day_zero: date) -> str:
    """A number of five digits counts days: 45545 is 2024-09-10."""
    serial = _SERIAL.fullmatch(text)
    if serial:
        return (day_zero + timedelta(days=int(serial[1]))).isoformat()
    return _MIDNIGHT.sub("", text)
