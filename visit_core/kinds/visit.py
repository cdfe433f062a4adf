"""One call at a door: who, when, what came of it, and what the supervisor says of it."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from visit_core.errors import NotValid
from visit_core.fields import EVERY, Asked, Entered, Fields
from visit_core.picklists import INTENTION, OUTCOME, REVIEW_STATE, VISIT_TYPE, picklist
from visit_core.shapes import (
    LABELLED_LINES,
    Day,
    Entries,
    Fix,
    Line,
    OneOf,
    Passage,
    Reference,
    SetOf,
    When,
    Whole,
    YesNo,
)

VISIT_STATUS = picklist(
    "visit_status",
    "planned · 计划 · Planned",
    "in_progress · 进行中 · In progress",
    "done · 已完成 · Done",
    "cancelled · 已取消 · Cancelled",
    "missed · 爽约 · Missed",
)
GEO_VERDICT = picklist(
    "geo_verdict",
    "verified · 已验证 · Verified",
    "outside · 范围外 · Outside",
    "unverified · 未验证 · Unverified",
)
NOTE_COLUMNS = {
    "field": Line(40),
    "comment": Passage(2000),
    "by": Reference("person"),
    "at": When(),
    "resolved": YesNo(),
}


class Visit(Entered):
    """One call at a door. Times, places and the customer are written once; the rest may be corrected."""

    kind_name: ClassVar[str] = "visit"
    zh: ClassVar[str] = "拜访"
    en: ClassVar[str] = "Visit"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("check_in_at", "outcome", "content")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", rule="first")] = None
    household_id: Annotated[str | None, Reference("household"), Asked("住户", "Household", rule="first")] = None
    visit_type: Annotated[str | None, OneOf(VISIT_TYPE, chips=True), Asked("拜访类型", "Type")] = None
    plan_id: Annotated[str | None, Reference("visit_plan"), Asked("计划", "Plan", control="hidden")] = None
    status: Annotated[str | None, OneOf(VISIT_STATUS), Asked("状态", "Status", control="hidden")] = "done"
    check_in_at: Annotated[
        str | None,
        When(past=True, date_alone=False),
        Asked("到访时间", "Arrived", must=EVERY, rule="first"),
    ] = None
    check_out_at: Annotated[str | None, When(past=True, date_alone=False), Asked("离开时间", "Left", rule="first")] = (
        None
    )
    check_in_fix: Annotated[dict[str, Any] | None, Fix(), Asked("到访定位", "Place of arrival", rule="first")] = None
    check_out_fix: Annotated[dict[str, Any] | None, Fix(), Asked("离开定位", "Place of leaving", rule="first")] = None
    outcome: Annotated[str | None, OneOf(OUTCOME, chips=True), Asked("拜访结果", "Outcome", must=EVERY)] = None
    contact_person: Annotated[str | None, Line(50), Asked("接待人", "Spoke with", "contact")] = None
    topics: Annotated[list[str] | None, SetOf(Line(30)), Asked("沟通主题", "Topics", "contact")] = None
    content: Annotated[str | None, Passage(2000), Asked("沟通内容", "What was said", "contact", soft=EVERY)] = None
    need_summary: Annotated[str | None, Line(500), Asked("具体需求", "Need", "leads")] = None
    purchase_intention: Annotated[str | None, OneOf(INTENTION, chips=True), Asked("购买意愿", "Intention", "leads")] = (
        None
    )
    product_interest: Annotated[list[str] | None, SetOf(Line(30)), Asked("产品兴趣", "Product interest", "leads")] = (
        None
    )
    suggestion: Annotated[str | None, Passage(2000), Asked("改进建议", "Suggestion", "behaviour")] = None
    satisfaction: Annotated[int | None, Whole(1, 5, control="faces"), Asked("满意度", "Satisfaction", "behaviour")] = (
        None
    )
    next_action: Annotated[str | None, Line(100), Asked("下一步", "Next step", "remarks")] = None
    next_date: Annotated[str | None, Day(), Asked("下一步日期", "Next date", "remarks")] = None
    extra_lines: Annotated[
        list[dict[str, Any]] | None, LABELLED_LINES, Asked("附加项", "Lines of one's own", "remarks", control="lines")
    ] = None
    attachments: Annotated[
        list[str] | None, SetOf(Reference("attachment"), most=9), Asked("附件", "Attachments", control="hidden")
    ] = None
    duration_s: Annotated[int | None, Whole(0, 86_400), Asked("拜访用时(秒)", "Duration (s)", control="hidden")] = None
    geo_verdict: Annotated[str | None, OneOf(GEO_VERDICT), Asked("定位结论", "Location check", control="hidden")] = None
    distance_m: Annotated[int | None, Whole(0, 40_000_000), Asked("距离(米)", "Distance (m)", control="hidden")] = None
    entry_seconds: Annotated[
        int | None, Whole(0, 86_400), Asked("填写用时(秒)", "Entry time (s)", control="hidden")
    ] = None
    taps: Annotated[int | None, Whole(0, 100_000), Asked("点击次数", "Taps", control="hidden")] = None
    review_state: Annotated[
        str | None, OneOf(REVIEW_STATE), Asked("审核状态", "Review", group="review", writer="supervisor")
    ] = "pending"
    review_round: Annotated[
        int | None, Whole(1, 10_000), Asked("审核轮次", "Round", group="review", writer="supervisor")
    ] = 1
    reviewed_by: Annotated[
        str | None, Reference("person"), Asked("审核人", "Reviewed by", group="review", writer="supervisor")
    ] = None
    reviewed_at: Annotated[
        str | None, When(), Asked("审核时间", "Reviewed at", group="review", writer="supervisor")
    ] = None
    review_notes: Annotated[list[dict[str, Any]] | None, Entries(NOTE_COLUMNS), Asked("审核意见", "Review notes")] = (
        None
    )
    evidence_score: Annotated[
        int | None, Whole(0, 100), Asked("证据强度", "Evidence", control="hidden", writer="server")
    ] = None
    anomalies: Annotated[
        list[str] | None, SetOf(Line(40)), Asked("异常", "Anomalies", control="hidden", writer="server")
    ] = None
    owner_id: Annotated[str | None, Reference("person"), Asked("拜访人", "Rep", control="hidden", usual="me")] = None

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """A visit is at somebody's door, and nobody leaves before arriving."""
        if not fields.get("customer_id") and not fields.get("household_id"):
            yield NotValid("required", field="customer_id")
        arrived, left = fields.get("check_in_at"), fields.get("check_out_at")
        if isinstance(arrived, str) and isinstance(left, str) and left < arrived:
            yield NotValid("left_before_arriving", field="check_out_at")
