"""Two people's values for one field, one of them overruled: kept, shown, restorable."""

from typing import Annotated, ClassVar

from pydantic import JsonValue

from visit_core.fields import Asked, Record
from visit_core.picklists import CONFLICT_STATE, picklist
from visit_core.shapes import AnyValue, Line, OneOf, Reference, When

CONFLICT_RULE = picklist(
    "conflict_rule",
    "last · 较晚的修改 · Later edit",
    "first · 最先的记录 · First record",
    "delete · 删除与修改 · Delete and edit",
    "reopened · 审核后又有修改 · Edited after review",
)


class Conflict(Record):
    """Two people's values for one field. Written by the server; people only say what became of it."""

    kind_name: ClassVar[str] = "conflict"
    zh: ClassVar[str] = "冲突"
    en: ClassVar[str] = "Conflict"
    made_by_server: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("record_kind", "field", "state")

    record_kind: Annotated[str | None, Line(40), Asked("对象", "Record kind", writer="server")] = None
    record_id: Annotated[str | None, Reference("record"), Asked("记录", "Record", writer="server")] = None
    field: Annotated[str | None, Line(120), Asked("字段", "Field", writer="server")] = None
    rule: Annotated[str | None, OneOf(CONFLICT_RULE), Asked("规则", "Rule", writer="server")] = None
    base_value: Annotated[JsonValue, AnyValue(), Asked("原值", "Before", writer="server")] = None
    winner_value: Annotated[JsonValue, AnyValue(), Asked("采用的值", "Stands", writer="server")] = None
    winner_by: Annotated[str | None, Reference("person"), Asked("采用者", "By", writer="server")] = None
    winner_at: Annotated[str | None, When(), Asked("采用时间", "At", writer="server")] = None
    winner_device: Annotated[str | None, Line(8), Asked("采用设备", "Device", writer="server")] = None
    loser_value: Annotated[JsonValue, AnyValue(), Asked("未采用的值", "Overruled", writer="server")] = None
    loser_by: Annotated[str | None, Reference("person"), Asked("未采用者", "Overruled: by", writer="server")] = None
    loser_at: Annotated[str | None, When(), Asked("未采用时间", "Overruled: at", writer="server")] = None
    loser_device: Annotated[str | None, Line(8), Asked("未采用设备", "Overruled: device", writer="server")] = None
    state: Annotated[str | None, OneOf(CONFLICT_STATE), Asked("处理", "State")] = "open"
