"""Values that are numbers."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.shapes.shape import Control, Moment
from visit_core.words import typed_number


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    least: int
    most: int
    control: Control = "number"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = typed_number(value)
        if re.fullmatch(r"[-+]?[0-9]{1,15}", text) is None:
            raise NotValid("whole")
        if not self.least <= int(text) <= self.most:
            raise NotValid("range", least=self.least, most=self.most)
        return int(text)


@dataclass(frozen=True, slots=True)
class Amount:
    """A decimal number, kept as text so that no digit is lost; `money` always with two places."""

    most: str
    places: int = 2
    above_zero: bool = False
    money: bool = False
    least: str = "0"

    @property
    def control(self) -> Control:
        return "money" if self.money else "number"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        number = _decimal(str(value) if isinstance(value, float) else typed_number(value))
        if not Decimal(self.least) <= number <= Decimal(self.most) or (self.above_zero and number == 0):
            raise NotValid("above_zero" if self.above_zero else "range", least=self.least, most=self.most)
        if number != round(number, self.places):
            raise NotValid("places", places=self.places)
        return f"{number:.2f}" if self.money else f"{number.normalize():f}"


@dataclass(frozen=True, slots=True)
class Degrees:
    """A latitude (`most` 90) or longitude (180) of WGS-84."""

    most: int
    control: ClassVar[Control] = "hidden"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        number = value if isinstance(value, float) else float(_decimal(typed_number(value)))
        if not math.isfinite(number) or abs(number) > self.most:
            raise NotValid("range", least=-self.most, most=self.most)
        return number


def _decimal(text: str) -> Decimal:
    plain = re.sub(r"[,¥￥元]", "", text)
    if len(plain) > 40:
        raise NotValid("number")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise NotValid("number") from None
    if not number.is_finite() or abs(number.adjusted()) > 40:
        raise NotValid("number")
    return number
