"""Values that are chosen: a code of a picklist, yes or no, another record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.ids import is_id
from visit_core.picklists import Picklist
from visit_core.shapes.shape import Control, Moment
from visit_core.words import one_line, typed_number


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code of a picklist; its Chinese and English labels are read too."""

    picklist: Picklist
    chips: bool = False

    @property
    def control(self) -> Control:
        return "chips" if self.chips else "choice"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        code = self.picklist.code_of(one_line(value))
        if code is None:
            raise NotValid("choice", choices="、".join(self.picklist.labels("zh")))
        return code


@dataclass(frozen=True, slots=True)
class OneOfOrOwn(OneOf):
    """A code of a picklist or, like an organisation's own template, another one of that form."""

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        text = one_line(value)
        if self.picklist.code_of(text) is None and re.fullmatch(r"[a-z][a-z0-9_]{1,30}", text):
            return text
        return OneOf.read(self, value, moment)


@dataclass(frozen=True, slots=True)
class YesNo:
    """True or false; 是/否 and yes/no are read too, and what else the two are called here."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    control: ClassVar[Control] = "switch"
    _WORDS: ClassVar[Mapping[str, bool]] = {
        **dict.fromkeys(("true", "yes", "y", "1", "是"), True),
        **dict.fromkeys(("false", "no", "n", "0", "否"), False),
    }

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        if isinstance(value, bool):
            return value
        word = typed_number(value).lower()
        said = True if word in self.yes else False if word in self.no else self._WORDS.get(word)
        if said is None:
            raise NotValid("yes_no")
        return said


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of a record of `kind`."""

    kind: str
    control: ClassVar[Control] = "picker"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        if isinstance(value, str) and is_id(value):
            return value
        text = one_line(value).lower()
        if not is_id(text):
            raise NotValid("reference")
        return text
