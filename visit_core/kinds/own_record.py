"""A record of a table that an organisation added: a title, perhaps a customer, and the organisation's own fields.

Its kind is `t_` and the key of its table. There is no class for each: what all of them have is declared once, and a
kind is a name that answers as that declaration does.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, cast

from visit_core.fields import EVERY, Asked, Entered, Record
from visit_core.picklists import Language
from visit_core.shapes import Line, Reference

PREFIX = "t_"
_NAME = re.compile(r"t_[a-z0-9][a-z0-9_]{1,29}")


class OwnRecord(Entered):
    """One line of a table of an organisation's own."""

    kind_name: ClassVar[str] = "own_record"
    zh: ClassVar[str] = "自建表格"
    en: ClassVar[str] = "Table of one's own"
    listed: ClassVar[tuple[str, ...]] = ("title",)

    title: Annotated[str | None, Line(100), Asked("名称", "Name", must=EVERY)] = None
    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer")] = None


@dataclass(frozen=True, slots=True)
class OwnKind:
    """The kind of one such table. What people call it stands in the table's record, which only a store knows."""

    kind_name: str

    def label(self, _: Language) -> str:
        """The key of the table: for where its record is not at hand."""
        return self.kind_name.removeprefix(PREFIX)

    def __getattr__(self, name: str) -> Any:
        return getattr(OwnRecord, name)


def is_own(kind_name: str) -> bool:
    """Whether a kind is a table of an organisation's own."""
    return _NAME.fullmatch(kind_name) is not None


def own_kind(kind_name: str) -> type[Record] | None:
    """The kind of that name; None for a name that no such table has."""
    return cast("type[Record]", OwnKind(kind_name)) if is_own(kind_name) else None
