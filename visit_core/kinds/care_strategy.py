"""What customers of one grade are to have from us: how often a visit, what care, what reward."""

from typing import Annotated, ClassVar

from visit_core.fields import AT_THE_DESK, EVERY, Asked, Entered, Place
from visit_core.picklists import GRADE
from visit_core.shapes import Line, OneOf, Passage, Whole


class CareStrategy(Entered):
    """How an organisation keeps and rewards its customers of one grade."""

    kind_name: ClassVar[str] = "care_strategy"
    zh: ClassVar[str] = "维护与奖励策略"
    en: ClassVar[str] = "Care and rewards"
    listed: ClassVar[tuple[str, ...]] = ("tier", "visit_every_days", "reward")
    written_by: ClassVar[frozenset[str]] = AT_THE_DESK
    lies_in: ClassVar[Place] = "form"
    once_for: ClassVar[tuple[str, ...]] = ("tier",)

    tier: Annotated[
        str | None, OneOf(GRADE, chips=True), Asked("客户评级", "Grade of the customers", must=EVERY, rule="first")
    ] = None
    visit_every_days: Annotated[
        int | None,
        Whole(1, 366),
        Asked(
            "拜访间隔(天)",
            "A visit every (days)",
            help_zh="不填按 A 30 天、B 60 天、C 90 天",
            help_en="Left empty: A 30, B 60, C 90 days",
        ),
    ] = None
    reward: Annotated[
        str | None,
        Line(200),
        Asked("奖励", "Reward", soft=EVERY, help_zh="礼品、折扣、积分……", help_en="A gift, a discount, points …"),
    ] = None
    care: Annotated[str | None, Passage(1000), Asked("维护做法", "Care", soft=EVERY)] = None
