"""That a label of a person's own stands in a record: what an admin counts, who sees no customer."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Place, Record
from visit_core.shapes import KindName, Line, Pattern


class LabelUse(Record):
    """One label in one record. The device of whoever writes the line adds it; what the line says is not in it."""

    kind_name: ClassVar[str] = "label_use"
    zh: ClassVar[str] = "附加项标签"
    en: ClassVar[str] = "Label in use"
    listed: ClassVar[tuple[str, ...]] = ("word", "entity")
    lies_in: ClassVar[Place] = "form"

    entity: Annotated[str | None, KindName(), Asked("对象", "Of which kind", must=EVERY, rule="first")] = None
    record: Annotated[str | None, Pattern(r"[0-9a-f]{32}", "record_id"), Asked("记录", "Record", must=EVERY)] = None
    word: Annotated[str | None, Line(20), Asked("标签", "Label", must=EVERY, rule="first")] = None
    looks_like: Annotated[str | None, Line(20), Asked("看起来像", "Looks like")] = None
