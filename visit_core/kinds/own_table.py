"""A table that an organisation adds: data, not code. Its fields are custom fields, its records are `own_record`s."""

from typing import Annotated, ClassVar

from visit_core.fields import AT_THE_DESK, EVERY, Asked, Entered, Place
from visit_core.shapes import Line, Pattern, YesNo

KEY = r"[a-z0-9][a-z0-9_]{1,29}"


class OwnTable(Entered):
    """A table of an organisation's own. Its key stays; out of use, its records are kept."""

    kind_name: ClassVar[str] = "own_table"
    zh: ClassVar[str] = "自建表格"
    en: ClassVar[str] = "Table of one's own"
    listed: ClassVar[tuple[str, ...]] = ("name_zh", "key", "active")
    written_by: ClassVar[frozenset[str]] = AT_THE_DESK
    lies_in: ClassVar[Place] = "form"
    once_for: ClassVar[tuple[str, ...]] = ("key",)

    key: Annotated[
        str | None,
        Pattern(KEY, "snake_case"),
        Asked("表格键", "Key", must=EVERY, rule="first", control="hidden"),
    ] = None
    name_zh: Annotated[str | None, Line(20), Asked("表格名称", "Table name (Chinese)", must=EVERY)] = None
    name_en: Annotated[str | None, Line(40), Asked("英文名称", "Table name (English)")] = None
    is_attached: Annotated[
        bool | None,
        YesNo(),
        Asked(
            "挂在客户下面",
            "Of a customer each",
            help_zh="打开后，每条记录属于一位客户，在客户页上显示",
            help_en="Each record then belongs to a customer and stands on their page",
        ),
    ] = True
    active: Annotated[bool | None, YesNo(), Asked("启用", "In use")] = True
