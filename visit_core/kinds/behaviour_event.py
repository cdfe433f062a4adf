"""What a customer was seen to do where nobody of ours was: a page looked at, a link tapped, an order in a shop."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Line, OneOf, Reference, When

BEHAVIOUR = picklist(
    "behaviour",
    "browse · 浏览 · Looked at · 浏览记录 · view",
    "click · 点击 · Tapped · 点击记录",
    "purchase · 购买 · Bought · 购买记录 · order",
    "search · 搜索 · Searched for",
    "favourite · 收藏 · Kept · 加购 · 加入购物车",
    "other · 其他 · Other",
)


class BehaviourEvent(Entered):
    """Something a customer did, as another system tells it; brought in by tables and over the API."""

    kind_name: ClassVar[str] = "behaviour_event"
    zh: ClassVar[str] = "客户行为"
    en: ClassVar[str] = "Behaviour"
    listed: ClassVar[tuple[str, ...]] = ("kind", "target", "at")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY, rule="first")] = (
        None
    )
    kind: Annotated[
        str | None, OneOf(BEHAVIOUR, chips=True), Asked("行为类型", "What was done", "behaviour", must=EVERY)
    ] = None
    target: Annotated[str | None, Line(200), Asked("行为内容", "To what", "behaviour", soft=EVERY)] = None
    at: Annotated[
        str | None, When(past=True), Asked("行为时间", "At", "behaviour", must=EVERY, rule="first", usual="now")
    ] = None
    source: Annotated[str | None, Line(40), Asked("行为来源", "Told by", "behaviour")] = None
