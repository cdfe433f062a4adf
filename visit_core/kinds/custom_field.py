"""A field that an organisation adds to a record kind: data, not code."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from visit_core.errors import NotValid
from visit_core.fields import AT_THE_DESK, EVERY, Asked, Entered, Fields, Place
from visit_core.picklists import REQUIRED_LEVEL, ROLE, SECTION, picklist
from visit_core.shapes import Entries, KindName, Line, OneOf, Parts, Pattern, SetOf, Whole, YesNo

DATA_TYPE = picklist(
    "data_type",
    "text · 文本 · Text",
    "multiline · 多行 · Text of several lines",
    "integer · 整数 · Whole number",
    "decimal · 小数 · Decimal number",
    "money · 金额 · Money",
    "date · 日期 · Date",
    "datetime · 日期时间 · Date and time",
    "choice · 单选 · One of several",
    "choices · 多选 · Some of several",
    "yes_no · 是否 · Yes or no",
    "phone · 电话 · Phone",
    "email · 邮箱 · E-mail",
    "rating · 评分 · Rating",
)
DEFAULT_RULE = picklist(
    "default_rule", "today · 今天 · Today", "last_used · 上次的值 · As last time", "me · 本人 · Oneself"
)
OPERATOR = picklist(
    "operator", "is · 等于 · Is", "is_not · 不等于 · Is not", "has · 包含 · Has", "filled · 已填 · Is filled in"
)
OPTION_COLUMNS = {"code": Line(30), "zh": Line(40), "en": Line(40), "active": YesNo()}
LIMIT_COLUMNS = {"min": Line(40), "max": Line(40), "regex": Line(200), "msg_zh": Line(100), "msg_en": Line(100)}
CONDITION_COLUMNS = {"field": Line(40), "op": OneOf(OPERATOR), "value": Line(200)}
CHOSEN = ("choice", "choices")


class CustomField(Entered):
    """A field of an organisation's own. Its key and type stay; out of use, its data are kept."""

    kind_name: ClassVar[str] = "custom_field"
    zh: ClassVar[str] = "自定义字段"
    en: ClassVar[str] = "Custom field"
    listed: ClassVar[tuple[str, ...]] = ("entity", "key", "label_zh")
    written_by: ClassVar[frozenset[str]] = AT_THE_DESK
    lies_in: ClassVar[Place] = "form"
    once_for: ClassVar[tuple[str, ...]] = ("entity", "key")

    entity: Annotated[str | None, KindName(), Asked("对象", "Of which kind", must=EVERY, rule="first")] = None
    key: Annotated[
        str | None,
        Pattern(r"[a-z][a-z0-9_]{1,30}", "snake_case"),
        Asked("字段键", "Key", must=EVERY, rule="first"),
    ] = None
    label_zh: Annotated[str | None, Line(20), Asked("名称", "Label (Chinese)", must=EVERY)] = None
    label_en: Annotated[str | None, Line(40), Asked("英文名称", "Label (English)")] = None
    help_zh: Annotated[str | None, Line(60), Asked("说明", "Help (Chinese)")] = None
    help_en: Annotated[str | None, Line(100), Asked("英文说明", "Help (English)")] = None
    data_type: Annotated[str | None, OneOf(DATA_TYPE), Asked("类型", "Type", must=EVERY, rule="first")] = None
    required_level: Annotated[
        str | None, OneOf(REQUIRED_LEVEL, chips=True), Asked("必填级别", "Needed", must=EVERY)
    ] = "none"
    options: Annotated[
        list[dict[str, Any]] | None, Entries(OPTION_COLUMNS, key="code", ordered=True), Asked("选项", "Options")
    ] = None
    default: Annotated[str | None, Line(200), Asked("默认值", "Default")] = None
    default_rule: Annotated[str | None, OneOf(DEFAULT_RULE), Asked("默认规则", "Default by rule")] = None
    validation: Annotated[dict[str, Any] | None, Parts(LIMIT_COLUMNS), Asked("校验", "Limits")] = None
    section: Annotated[str | None, OneOf(SECTION, chips=True), Asked("分区", "Section", must=EVERY)] = "remarks"
    order: Annotated[int | None, Whole(0, 100_000), Asked("顺序", "Order")] = 100
    width: Annotated[int | None, Whole(1, 12), Asked("宽度(1-12)", "Width (1-12)")] = None
    color: Annotated[str | None, Line(20), Asked("颜色", "Colour")] = None
    visible_if: Annotated[dict[str, Any] | None, Parts(CONDITION_COLUMNS), Asked("显示条件", "Shown only if")] = None
    sensitive: Annotated[bool | None, YesNo(), Asked("敏感", "Sensitive")] = False
    personal: Annotated[bool | None, YesNo(), Asked("个人信息", "About a person")] = False
    lock_roles: Annotated[list[str] | None, SetOf(OneOf(ROLE)), Asked("只允许修改的角色", "Only these may edit")] = None
    active: Annotated[bool | None, YesNo(), Asked("启用", "In use")] = True

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """A choice has options, a pattern says what it wants, and no field waits for itself."""
        if fields.get("data_type") in CHOSEN and not fields.get("options"):
            yield NotValid("required", field="options")
        limits, condition = fields.get("validation"), fields.get("visible_if")
        if isinstance(limits, dict) and limits.get("regex") and not limits.get("msg_zh"):
            yield NotValid("message_for_pattern", field="validation")
        if isinstance(limits, dict) and not _is_pattern(str(limits.get("regex") or "")):
            yield NotValid("no_pattern", field="validation")
        if isinstance(condition, dict) and condition.get("field") in (fields.get("key"), f"custom.{fields.get('key')}"):
            yield NotValid("waits_for_itself", field="visible_if")


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True
