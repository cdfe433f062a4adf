"""One customer's part in one campaign."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Day, OneOf, Passage, Reference

PARTICIPATION = picklist(
    "participation",
    "invited · 邀请 · Invited",
    "joined · 参加 · Joined",
    "sold · 成交 · Bought",
    "refused · 拒绝 · Refused",
)


class CampaignParticipation(Entered):
    """One customer's part in one campaign."""

    kind_name: ClassVar[str] = "campaign_participation"
    zh: ClassVar[str] = "活动参与"
    en: ClassVar[str] = "Participation"
    listed: ClassVar[tuple[str, ...]] = ("campaign_id", "status", "joined_at")
    once_for: ClassVar[tuple[str, ...]] = ("campaign_id", "customer_id")

    campaign_id: Annotated[str | None, Reference("campaign"), Asked("活动", "Campaign", must=EVERY)] = None
    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    status: Annotated[str | None, OneOf(PARTICIPATION, chips=True), Asked("参与状态", "Status", must=EVERY)] = "invited"
    joined_at: Annotated[str | None, Day(), Asked("日期(yyyy-mm-dd)", "On (yyyy-mm-dd)", must=EVERY, usual="today")] = (
        None
    )
    result: Annotated[str | None, Passage(500), Asked("结果", "Result")] = None
