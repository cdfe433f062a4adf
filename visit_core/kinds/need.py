"""What a customer needs: of which type, how important, until when."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import TASK_STATUS, picklist
from visit_core.shapes import Day, OneOf, Passage, Reference

NEED_TYPE = picklist(
    "need_type",
    "product · 产品需求 · Product",
    "service · 服务需求 · Service",
    "price · 价格 · Price",
    "delivery · 配送安装 · Delivery",
    "other · 其他 · Other",
)
PRIORITY = picklist("priority", "high · 高 · High", "medium · 中 · Medium", "low · 低 · Low")
URGENCY = picklist("urgency", "urgent · 紧急 · Urgent", "normal · 一般 · Normal", "low · 不急 · No hurry")


class Need(Entered):
    """What a customer needs. Importance and urgency are two things."""

    kind_name: ClassVar[str] = "need"
    zh: ClassVar[str] = "需求"
    en: ClassVar[str] = "Need"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("need_type", "detail", "status")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    need_type: Annotated[
        str | None, OneOf(NEED_TYPE, chips=True), Asked("需求类型", "Type of need", "leads", must=EVERY)
    ] = None
    detail: Annotated[str | None, Passage(2000), Asked("需求详情", "Detail", "leads", must=EVERY)] = None
    priority: Annotated[str | None, OneOf(PRIORITY, chips=True), Asked("优先级", "Priority", "leads", must=EVERY)] = (
        "medium"
    )
    urgency: Annotated[str | None, OneOf(URGENCY, chips=True), Asked("紧急程度", "Urgency", "leads", must=EVERY)] = (
        "normal"
    )
    status: Annotated[str | None, OneOf(TASK_STATUS, chips=True), Asked("状态", "Status", "leads")] = "open"
    due_date: Annotated[str | None, Day(), Asked("期限", "Due", "leads")] = None
    resolution: Annotated[str | None, Passage(2000), Asked("处理结果", "Resolution", "leads")] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", control="hidden")] = None
