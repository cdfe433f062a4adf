"""Whom somebody calls on, on one day, in which order."""

from typing import Annotated, Any, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Day, Entries, Line, OneOf, Parts, Reference, When, Whole

STOP_STATE = picklist("stop_state", "open · 未访 · Open", "done · 已访 · Done", "skipped · 跳过 · Skipped")
STOP_COLUMNS = {
    "customer_id": Reference("customer"),
    "household_id": Reference("household"),
    "at": Line(5),
    "state": OneOf(STOP_STATE),
    "note": Line(100),
}
CADENCE_COLUMNS = {grade: Whole(1, 3650) for grade in ("A", "B", "C")}


class VisitPlan(Entered):
    """Whom somebody calls on, on one day; the stops keep their order, and each may be done or skipped."""

    kind_name: ClassVar[str] = "visit_plan"
    zh: ClassVar[str] = "拜访计划"
    en: ClassVar[str] = "Visit plan"
    listed: ClassVar[tuple[str, ...]] = ("date", "assignee_id")

    date: Annotated[str | None, Day(), Asked("日期", "Date", must=EVERY, usual="today")] = None
    assignee_id: Annotated[
        str | None, Reference("person"), Asked("执行人", "For", must=EVERY, usual="me", control="hidden")
    ] = None
    stops: Annotated[list[dict[str, Any]] | None, Entries(STOP_COLUMNS, ordered=True), Asked("站点", "Stops")] = None
    cadence: Annotated[
        dict[str, Any] | None, Parts(CADENCE_COLUMNS), Asked("频次规则(天)", "Every so many days, by grade")
    ] = None
    claim_until: Annotated[str | None, When(), Asked("占用至", "Claimed until")] = None
