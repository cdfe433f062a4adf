"""How content a customer is: one to five, of what, and why."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Day, OneOf, Passage, Reference, Whole

DIMENSION = picklist(
    "dimension",
    "product · 产品 · Product",
    "service · 服务 · Service",
    "delivery · 交付 · Delivery",
    "overall · 总体 · Overall",
)


class SatisfactionRating(Entered):
    """How content a customer is, on one day, with one thing."""

    kind_name: ClassVar[str] = "satisfaction_rating"
    zh: ClassVar[str] = "满意度"
    en: ClassVar[str] = "Satisfaction"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("score", "dimension", "rated_at")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    score: Annotated[int | None, Whole(1, 5, control="faces"), Asked("评分", "Score", "behaviour", must=EVERY)] = None
    dimension: Annotated[
        str | None, OneOf(DIMENSION, chips=True), Asked("维度", "Of what", "behaviour", must=EVERY)
    ] = "overall"
    comment: Annotated[str | None, Passage(2000), Asked("评论", "Comment", "behaviour")] = None
    rated_at: Annotated[
        str | None,
        Day(past=True),
        Asked("评分日期(yyyy-mm-dd)", "Rated on (yyyy-mm-dd)", "behaviour", must=EVERY, usual="today"),
    ] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", control="hidden")] = None
