"""Values that are text: lines, names, passages, telephone numbers, addresses."""

import re
from dataclasses import dataclass
from typing import ClassVar

from pydantic import JsonValue

from visit_core import phones
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


def _within_length(text: str, limit: int, least: int) -> str:
    if len(text) > limit:
        raise NotValid("too_long", limit=limit)
    if len(text) < least:
        raise NotValid("too_short", least=least)
    return text
