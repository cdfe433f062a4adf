"""A sale that may come of it: from the first contact to won or lost."""

from typing import Annotated, ClassVar

from pydantic import JsonValue

from visit_core.fields import EVERY, Asked, Condition, Entered, Fields, Reasoned
from visit_core.picklists import picklist
from visit_core.shapes import Amount, Day, Line, Moment, OneOf, Passage, Reference, Whole

OPP_SOURCE = picklist(
    "opp_source",
    "campaign · 市场活动 · Campaign",
    "referral · 客户推荐 · Referral",
    "visit · 上门拜访 · Visit",
    "inbound · 主动咨询 · Inbound",
    "other · 其他 · Other",
)
OPP_STAGE = picklist(
    "opp_stage",
    "contact · 初步接触 · First contact",
    "need · 需求确认 · Need confirmed",
    "quote · 方案报价 · Quoted",
    "negotiate · 谈判 · Negotiating",
    "won · 赢单 · Won",
    "lost · 输单 · Lost",
)
PERCENT_BY_STAGE = {"contact": 10, "need": 30, "quote": 50, "negotiate": 70, "won": 100, "lost": 0}


class Opportunity(Entered):
    """A sale that may come of it. The probability is that of its stage unless somebody knows better."""

    kind_name: ClassVar[str] = "opportunity"
    zh: ClassVar[str] = "销售机会"
    en: ClassVar[str] = "Opportunity"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("title", "stage", "amount_expected")
    reasoned: ClassVar[tuple[Reasoned, ...]] = (Reasoned(Condition("stage", "is", "lost"), "lost_reason"),)

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    title: Annotated[str | None, Line(100), Asked("机会", "Opportunity", "leads", must=EVERY)] = None
    detail: Annotated[str | None, Passage(2000), Asked("详情", "Detail", "leads", soft=EVERY)] = None
    source: Annotated[str | None, OneOf(OPP_SOURCE, chips=True), Asked("机会来源", "Source", "leads", must=EVERY)] = (
        "visit"
    )
    stage: Annotated[str | None, OneOf(OPP_STAGE, chips=True), Asked("销售阶段", "Stage", "leads", must=EVERY)] = (
        "contact"
    )
    amount_expected: Annotated[
        str | None, Amount("99999999.99", money=True), Asked("预计金额", "Expected amount (CNY)", "leads")
    ] = None
    probability: Annotated[int | None, Whole(0, 100), Asked("概率(%)", "Probability (%)", "leads")] = None
    close_date: Annotated[str | None, Day(), Asked("预计成交日期", "Expected close", "leads")] = None
    follow_status: Annotated[str | None, Line(200), Asked("跟进情况", "How it goes", "leads")] = None
    lost_reason: Annotated[str | None, Line(200), Asked("输单原因", "Why it was lost", "leads")] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", control="hidden")] = None

    @classmethod
    def follows(cls, before: Fields, given: Fields, moment: Moment) -> dict[str, JsonValue]:
        """With the stage goes its usual probability, unless another one is given with it."""
        stage = given.get("stage")
        if not stage or stage == before.get("stage") or given.get("probability") is not None:
            return {}
        return {"probability": PERCENT_BY_STAGE[str(stage)]}
