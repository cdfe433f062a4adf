"""What a customer complains of, suggests, praises or asks for, and what was done about it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import EVERY, Asked, Entered, Fields
from visit_core.picklists import TASK_STATUS, picklist
from visit_core.shapes import Moment, OneOf, Passage, Reference, When, YesNo
from visit_core.stamp import instant

COMPLAINT_KIND = picklist(
    "complaint_kind",
    "complaint · 投诉 · Complaint",
    "suggestion · 建议 · Suggestion",
    "praise · 表扬 · Praise",
    "service_request · 服务请求 · Service request",
)
COMPLAINT_TYPE = picklist(
    "complaint_type",
    "quality · 产品质量 · Quality",
    "attitude · 服务态度 · Attitude",
    "logistics · 物流配送 · Delivery",
    "price · 价格 · Price",
    "after_sales · 售后 · After-sales",
    "other · 其他 · Other",
)
SEVERITY = picklist("severity", "high · 高 · High", "medium · 中 · Medium", "low · 低 · Low")
HOURS_BY_SEVERITY = {"high": 24, "medium": 72, "low": 7 * 24}


class Complaint(Entered):
    """What a customer says of us. It is to be answered in 24 hours, 72 hours or 7 days, by its severity."""

    kind_name: ClassVar[str] = "complaint"
    zh: ClassVar[str] = "投诉与反馈"
    en: ClassVar[str] = "Complaint or feedback"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("kind", "content", "status")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    kind: Annotated[str | None, OneOf(COMPLAINT_KIND, chips=True), Asked("类别", "Kind", "behaviour", must=EVERY)] = (
        "complaint"
    )
    complaint_type: Annotated[str | None, OneOf(COMPLAINT_TYPE), Asked("投诉类型", "About", "behaviour")] = None
    content: Annotated[str | None, Passage(2000), Asked("内容", "Content", "behaviour", must=EVERY)] = None
    severity: Annotated[
        str | None, OneOf(SEVERITY, chips=True), Asked("严重度", "Severity", "behaviour", must=EVERY)
    ] = "medium"
    sla_due_at: Annotated[str | None, When(), Asked("处理时限", "Answer by", "behaviour")] = None
    status: Annotated[str | None, OneOf(TASK_STATUS, chips=True), Asked("状态", "Status", "behaviour")] = "open"
    handler_id: Annotated[str | None, Reference("person"), Asked("处理人", "Handled by", "behaviour")] = None
    result: Annotated[str | None, Passage(2000), Asked("处理结果", "What was done", "behaviour")] = None
    handled_at: Annotated[str | None, When(past=True), Asked("处理时间", "Handled at", "behaviour")] = None
    customer_feedback: Annotated[
        str | None, Passage(2000), Asked("客户对处理的反馈", "Customer said of it", "behaviour")
    ] = None
    satisfied: Annotated[bool | None, YesNo(), Asked("客户满意", "Customer is content", "behaviour")] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", control="hidden")] = None

    @classmethod
    def follows(cls, before: Fields, given: Fields, moment: Moment) -> dict[str, JsonValue]:
        """The time to answer follows from the severity, the time of the answer from its being there."""
        said: dict[str, JsonValue] = {}
        severity = given.get("severity")
        if severity and severity != before.get("severity") and "sla_due_at" not in given:
            said["sla_due_at"] = _due(before.get("sla_due_at"), before.get("severity"), str(severity), moment)
        if given.get("status") == "done" and not (given.get("handled_at") or before.get("handled_at")):
            said["handled_at"] = instant(moment.now_ms)
        return said

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """A complaint is about something, and is closed by what was done."""
        if fields.get("kind") == "complaint" and not fields.get("complaint_type"):
            yield NotValid("required", field="complaint_type")
        if fields.get("status") == "done" and not fields.get("result"):
            yield NotValid("required", field="result")


def _due(due: JsonValue, before: JsonValue, severity: str, moment: Moment) -> str:
    """So long after it was written down: from now, or from when the former due time was counted."""
    since = datetime.fromtimestamp(moment.now_ms / 1000, UTC)
    if isinstance(due, str) and "T" in due and before in HOURS_BY_SEVERITY:
        since = datetime.fromisoformat(due) - timedelta(hours=HOURS_BY_SEVERITY[str(before)])
    return instant(int((since + timedelta(hours=HOURS_BY_SEVERITY[severity])).timestamp() * 1000))
