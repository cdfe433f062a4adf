"""Something that must be found again later: who unmasked, exported, imported, judged, gave rights."""

from typing import Annotated, ClassVar

from visit_core.fields import ALL_WHO_WRITE, EVERY, Asked, Entered, Place
from visit_core.picklists import picklist
from visit_core.shapes import KindName, Line, OneOf, Reference, SetOf, When, Whole

AUDIT_ACTION = picklist(
    "audit_action",
    "login · 登录 · Login",
    "login_failed · 失败 · Failed login",
    "view · 查看 · View",
    "unmask · 解除脱敏 · Unmask",
    "call · 拨打 · Call",
    "copy · 复制 · Copy",
    "create · 新增 · Create",
    "edit · 修改 · Edit",
    "delete · 删除 · Delete",
    "merge · 合并 · Merge",
    "export · 导出 · Export",
    "import · 导入 · Import",
    "review · 审核 · Review",
    "return · 退回 · Return",
    "rights · 授权变更 · Rights",
    "template · 模板变更 · Template",
    "backup · 备份 · Backup",
    "restore · 恢复 · Restore",
    "wipe · 擦除 · Wipe",
    "subject_request · 权利请求 · Subject request",
)


class AuditEvent(Entered):
    """Something that must be found again later; never corrected. It names fields, and holds none of their values."""

    kind_name: ClassVar[str] = "audit_event"
    zh: ClassVar[str] = "审计"
    en: ClassVar[str] = "Audit"
    listed: ClassVar[tuple[str, ...]] = ("at", "action", "entity")
    written_by: ClassVar[frozenset[str]] = ALL_WHO_WRITE
    append_only: ClassVar[bool] = True
    lies_in: ClassVar[Place] = "watched"

    at: Annotated[str | None, When(past=True), Asked("时间", "At", must=EVERY, rule="first", usual="now")] = None
    actor_id: Annotated[
        str | None, Reference("person"), Asked("人", "Who", must=EVERY, rule="first", usual="me", control="hidden")
    ] = None
    device_id: Annotated[
        str | None, Line(8), Asked("设备", "Device", must=EVERY, rule="first", usual="device", control="hidden")
    ] = None
    action: Annotated[str | None, OneOf(AUDIT_ACTION), Asked("动作", "Action", must=EVERY, rule="first")] = None
    entity: Annotated[str | None, KindName(), Asked("对象", "Of", rule="first")] = None
    entity_id: Annotated[str | None, Line(32), Asked("记录", "Record", rule="first")] = None
    fields_changed: Annotated[list[str] | None, SetOf(Line(64), most=100), Asked("字段", "Fields", rule="first")] = None
    records: Annotated[int | None, Whole(0, 10_000_000), Asked("条数", "Records", rule="first")] = None
    reason: Annotated[str | None, Line(200), Asked("原因", "Reason", rule="first")] = None
