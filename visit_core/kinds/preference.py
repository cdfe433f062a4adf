"""What a customer likes or dislikes, as they said or as we think."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Line, OneOf, Reference, Whole

PREFERENCE_CATEGORY = picklist(
    "preference_category",
    "product · 产品类型 · Product type",
    "brand · 品牌 · Brand",
    "price · 价格带 · Price range",
    "buy_time · 购买时间 · Time of buying",
    "contact_time · 联系时段 · Time of contact",
    "other · 其他 · Other",
)
POLARITY = picklist("polarity", "like · 喜欢 · Likes", "dislike · 不满意 · Dislikes")
PREFERENCE_SOURCE = picklist("preference_source", "said · 客户说 · Said so", "inferred · 推断 · Inferred")


class Preference(Entered):
    """What a customer likes or dislikes. What we only infer is marked as that."""

    kind_name: ClassVar[str] = "preference"
    zh: ClassVar[str] = "偏好"
    en: ClassVar[str] = "Preference"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("category", "value", "polarity")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    category: Annotated[
        str | None, OneOf(PREFERENCE_CATEGORY, chips=True), Asked("类别", "Category", "behaviour", must=EVERY)
    ] = None
    value: Annotated[str | None, Line(100), Asked("内容", "What", "behaviour", must=EVERY)] = None
    polarity: Annotated[
        str | None, OneOf(POLARITY, chips=True), Asked("喜好或不满意", "Likes or dislikes", "behaviour", must=EVERY)
    ] = "like"
    source: Annotated[
        str | None, OneOf(PREFERENCE_SOURCE, chips=True), Asked("来源", "How we know", "behaviour", must=EVERY)
    ] = "said"
    confidence: Annotated[int | None, Whole(0, 100), Asked("把握(%)", "Confidence (%)", "behaviour")] = None
