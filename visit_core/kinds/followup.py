"""Something promised to a customer, to be remembered in time."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import FOLLOWUP_KIND, FOLLOWUP_STATUS, picklist
from visit_core.shapes import Day, Line, OneOf, Reference, When, Whole

REPEAT = picklist(
    "repeat",
    "none · 无 · None",
    "weekly · 每周 · Weekly",
    "monthly · 每月 · Monthly",
    "quarterly · 每季 · Quarterly",
)


class Followup(Entered):
    """Something promised to a customer; shown when it is due, with no network needed."""

    kind_name: ClassVar[str] = "followup"
    zh: ClassVar[str] = "提醒"
    en: ClassVar[str] = "Follow-up"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("due_date", "title", "status")

    title: Annotated[str | None, Line(100), Asked("事项", "To do", "remarks", must=EVERY)] = None
    kind: Annotated[str | None, OneOf(FOLLOWUP_KIND, chips=True), Asked("类型", "Kind", "remarks")] = "revisit"
    due_date: Annotated[str | None, Day(), Asked("期限", "Due", "remarks")] = None
    remind_at: Annotated[str | None, When(), Asked("提醒时间", "Remind at", "remarks")] = None
    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer")] = None
    source_ref: Annotated[str | None, Reference("visit"), Asked("来自拜访", "From visit", control="hidden")] = None
    repeat: Annotated[str | None, OneOf(REPEAT), Asked("重复", "Repeat", "remarks")] = "none"
    status: Annotated[str | None, OneOf(FOLLOWUP_STATUS, chips=True), Asked("状态", "Status", "remarks")] = "open"
    done_at: Annotated[str | None, When(), Asked("完成时间", "Done at", "remarks")] = None
    snooze_count: Annotated[int | None, Whole(0, 1000), Asked("推迟次数", "Snoozed", control="hidden")] = None
    owner_id: Annotated[str | None, Reference("person"), Asked("负责人", "Owner", control="hidden", usual="me")] = None
