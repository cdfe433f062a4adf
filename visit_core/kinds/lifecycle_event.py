"""One step of a customer from one stage of their life with us to the next."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import LIFECYCLE_STAGE, picklist
from visit_core.shapes import Line, OneOf, Reference, When

CAUSE = picklist("lifecycle_cause", "rule · 规则 · By rule", "manual · 人工 · By hand")


class LifecycleEvent(Entered):
    """One step from stage to stage; what was told stays told."""

    kind_name: ClassVar[str] = "lifecycle_event"
    zh: ClassVar[str] = "生命周期变更"
    en: ClassVar[str] = "Stage change"
    listed: ClassVar[tuple[str, ...]] = ("at", "from", "to")
    append_only: ClassVar[bool] = True

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY, rule="first")] = (
        None
    )
    from_: Annotated[str | None, OneOf(LIFECYCLE_STAGE), Asked("原阶段", "From", "behaviour", rule="first")] = None
    to: Annotated[str | None, OneOf(LIFECYCLE_STAGE), Asked("新阶段", "To", "behaviour", must=EVERY, rule="first")] = (
        None
    )
    at: Annotated[
        str | None, When(past=True), Asked("时间", "At", "behaviour", must=EVERY, rule="first", usual="now")
    ] = None
    cause: Annotated[
        str | None, OneOf(CAUSE, chips=True), Asked("依据", "By", "behaviour", must=EVERY, rule="first")
    ] = "manual"
    reason: Annotated[str | None, Line(200), Asked("原因", "Reason", "behaviour", rule="first")] = None
