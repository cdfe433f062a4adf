"""Something done to sell more: from when, until when, of what, to what end."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from visit_core.errors import NotValid
from visit_core.fields import ALL_WHO_WRITE, EVERY, Asked, Entered, Fields, Place
from visit_core.shapes import Day, Line, Name


class Campaign(Entered):
    """Something done to sell more."""

    kind_name: ClassVar[str] = "campaign"
    zh: ClassVar[str] = "营销活动"
    en: ClassVar[str] = "Campaign"
    listed: ClassVar[tuple[str, ...]] = ("name", "start", "end")
    written_by: ClassVar[frozenset[str]] = ALL_WHO_WRITE
    lies_in: ClassVar[Place] = "form"

    name: Annotated[str | None, Name(80), Asked("活动名称", "Campaign name", must=EVERY)] = None
    start: Annotated[str | None, Day(), Asked("开始日期(yyyy-mm-dd)", "Starts (yyyy-mm-dd)", must=EVERY)] = None
    end: Annotated[str | None, Day(), Asked("结束日期(yyyy-mm-dd)", "Ends (yyyy-mm-dd)", must=EVERY)] = None
    product: Annotated[str | None, Line(80), Asked("活动产品", "Product", soft=EVERY)] = None
    goal: Annotated[str | None, Line(200), Asked("目标", "Goal", soft=EVERY)] = None

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """It does not end before it starts."""
        start, end = fields.get("start"), fields.get("end")
        if isinstance(start, str) and isinstance(end, str) and end < start:
            yield NotValid("ended_before_starting", field="end")
