"""One contact with a customer that was not a visit, or the talk of one: when, how, about what, with what result."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import EVERY, STANDARD, Asked, Entered, Fields
from visit_core.picklists import CHANNEL, picklist
from visit_core.shapes import Line, OneOf, Passage, Reference, When

CONTACT_KIND = picklist(
    "contact_kind",
    "follow_up · 跟进 · Follow-up",
    "phone · 电话 · Phone",
    "email · 邮件 · E-mail · 电子邮件",
    "social · 社交媒体 · Social media",
    "face · 面谈 · Face to face · 面对面",
    "meeting · 会议 · Meeting",
    "service · 服务 · Service",
)
DIRECTION = picklist("direction", "in · 呼入 · Incoming", "out · 呼出 · Outgoing")

CHANNEL_OF = {
    "follow_up": "phone",
    "phone": "phone",
    "email": "email",
    "social": "social",
    "face": "face",
    "meeting": "meeting",
    "service": "face",
}


class ContactRecord(Entered):
    """One contact with a customer. In the quick template one of topic, content and result is enough."""

    kind_name: ClassVar[str] = "contact_record"
    zh: ClassVar[str] = "联系记录"
    en: ClassVar[str] = "Contact"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("contact_at", "channel", "topic")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    kind: Annotated[str | None, OneOf(CONTACT_KIND, chips=True), Asked("类型", "Kind", "contact")] = "follow_up"
    contact_at: Annotated[
        str | None,
        When(past=True),
        Asked("联系日期(yyyy-mm-dd)", "Contact date (yyyy-mm-dd)", "contact", must=EVERY),
    ] = None
    channel: Annotated[str | None, OneOf(CHANNEL, chips=True), Asked("联系方式", "Channel", "contact")] = None
    topic: Annotated[str | None, Line(100), Asked("沟通主题", "Topic", "contact")] = None
    content: Annotated[str | None, Passage(2000), Asked("跟进内容", "Content", "contact", must=STANDARD)] = None
    result: Annotated[str | None, Passage(2000), Asked("沟通结果", "Result", "contact")] = None
    customer_feedback: Annotated[str | None, Passage(2000), Asked("客户反馈", "Customer said", "contact")] = None
    direction: Annotated[str | None, OneOf(DIRECTION, chips=True), Asked("方向", "Direction", "contact")] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", control="hidden")] = None

    @classmethod
    def completed(cls, given: Fields) -> dict[str, JsonValue]:
        """The channel follows from the kind of contact unless it is said."""
        fields = super().completed(given)
        usual = CHANNEL_OF.get(str(fields.get("kind")), "other")
        return {**fields, "channel": fields.get("channel") or usual}

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """A contact of which nothing is told is no record."""
        if not any(fields.get(name) for name in ("topic", "content", "result")):
            yield NotValid("one_of_three", field="content")
