"""Values that are text: lines, names, passages, telephone numbers, addresses."""

import re
from dataclasses import dataclass
from typing import ClassVar

from pydantic import JsonValue

from visit_core import divisions, phones
from visit_core.errors import NotValid
from visit_core.shapes.shape import Control, Moment
from visit_core.words import one_line, text_of, typed_number


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, trimmed."""

    limit: int  # characters
    least: int = 1
    control: ClassVar[Control] = "text"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = one_line(value)
        return _within_length(text, self.limit, self.least)


@dataclass(frozen=True, slots=True)
class Name(Line):
    """A line that is somebody's or something's name, so not digits alone."""

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = one_line(value)
        if text.isdigit():
            raise NotValid("name_digits")
        return _within_length(text, self.limit, self.least)


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of several lines, kept to the letter."""

    limit: int  # characters
    control: ClassVar[Control] = "multiline"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        return _within_length(text_of(value), self.limit, 0)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line that must look like `regex`; refused with the code `why`."""

    regex: str
    why: str
    control: Control = "text"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = typed_number(value) if self.control == "number" else one_line(value)
        if re.fullmatch(self.regex, text) is None:
            raise NotValid(self.why)
        return text


@dataclass(frozen=True, slots=True)
class Mobile:
    """A Chinese mobile number, kept as `+8613800000000`."""

    control: ClassVar[Control] = "phone"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        return phones.mobile(typed_number(value))


@dataclass(frozen=True, slots=True)
class Landline:
    """A Chinese landline or 400/800 number, kept as typed."""

    control: ClassVar[Control] = "landline"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        return phones.landline(typed_number(value))


@dataclass(frozen=True, slots=True)
class AnyPhone:
    """A Chinese mobile number, kept as `+8613800000000`, or a landline, kept as typed."""

    control: ClassVar[Control] = "phone"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        typed = typed_number(value)
        try:
            return phones.mobile(typed)
        except NotValid:
            if typed.startswith(("0", "400", "800")):
                return phones.landline(typed)
            raise


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address: one @, a dot in the domain, which is kept in small letters."""

    control: ClassVar[Control] = "email"
    _FORM: ClassVar[re.Pattern[str]] = re.compile(r"[^@\s,;<>()\"]{1,64}@(?:[^@\s.,;<>()\"]+\.)+[^@\s.,;<>()\"]{2,}")

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = one_line(value)
        if len(text) > 254 or self._FORM.fullmatch(text) is None:
            raise NotValid("email")
        local, _, domain = text.partition("@")
        return f"{local}@{domain.lower()}"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A unified social credit code of 18 characters; the last one checks the others (GB 32100)."""

    control: ClassVar[Control] = "text"
    _SIGNS: ClassVar[str] = "0123456789ABCDEFGHJKLMNPQRTUWXY"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        code = typed_number(value).upper()
        if len(code) != 18 or any(sign not in self._SIGNS for sign in code) or not self._is_right(code):
            raise NotValid("credit_code")
        return code

    def _is_right(self, code: str) -> bool:
        total = sum(self._SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
        return self._SIGNS[-total % 31] == code[17]


@dataclass(frozen=True, slots=True)
class Division:
    """The code of a province, city or district (GB/T 2260, 6 digits); a name gives it, too.

    A code that the table does not know is kept: places change their codes, and records are older or newer. There is no
    table of streets, so a street is written as people call it, or as its code of 9 digits.
    """

    level: str  # province, city, district, street

    @property
    def control(self) -> Control:
        """A street is typed: there is no table of them."""
        return "text" if self.level == "street" else "division"

    @property
    def digits(self) -> int:
        """How long its code is."""
        return 9 if self.level == "street" else 6

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        code = typed_number(value)
        if re.fullmatch(rf"[0-9]{{{self.digits}}}", code):
            return code
        return _within_length(one_line(value), 40, 0) if self.level == "street" else self._called(one_line(value))

    def _called(self, name: str) -> JsonValue:
        if self.level == "city" and divisions.is_no_city(name):
            return None
        codes = divisions.called(self.level, name)
        if len(codes) > 1:
            raise NotValid("division_several")
        if not codes:
            raise NotValid("division", digits=self.digits)
        return codes[0]


@dataclass(frozen=True, slots=True)
class KindName:
    """The name of a record kind; whether there is one is looked up where kinds are known."""

    control: ClassVar[Control] = "text"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = one_line(value).lower()
        if re.fullmatch(r"[a-z][a-z0-9_]{0,39}", text) is None:
            raise NotValid("snake_case")
        return text


def _within_length(text: str, limit: int, least: int) -> str:
    if len(text) > limit:
        raise NotValid("too_long", limit=limit)
    if len(text) < least:
        raise NotValid("too_short", least=least)
    return text
