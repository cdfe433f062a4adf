"""What a supervisor said of two customers who may be one: merged, and perhaps parted again; or never the same."""

from typing import Annotated, Any, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import AnyValue, Entries, Line, OneOf, Reference, When

MERGE_STATE = picklist(
    "merge_state",
    "merged · 已合并 · Merged",
    "apart · 不是同一位 · Not the same",
    "undone · 已撤销 · Undone",
)
SEEN_COLUMNS = {"field": Line(64), "kept": AnyValue(), "other": AnyValue(), "now": AnyValue()}


class CustomerMerge(Entered):
    """What was said of two customers who may be one. That one leads to the other stands in that one's `merged_into`."""

    kind_name: ClassVar[str] = "customer_merge"
    zh: ClassVar[str] = "客户合并"
    en: ClassVar[str] = "Merge of customers"
    listed: ClassVar[tuple[str, ...]] = ("decided_at", "state")
    written_by: ClassVar[frozenset[str]] = frozenset({"supervisor"})

    customer_id: Annotated[
        str | None, Reference("customer"), Asked("保留的客户", "Customer kept", must=EVERY, rule="first")
    ] = None
    other_id: Annotated[
        str | None, Reference("customer"), Asked("另一位客户", "Other customer", must=EVERY, rule="first")
    ] = None
    state: Annotated[str | None, OneOf(MERGE_STATE, chips=True), Asked("结论", "Said", must=EVERY)] = None
    decided_at: Annotated[
        str | None, When(past=True), Asked("时间", "At", must=EVERY, rule="first", usual="now", control="hidden")
    ] = None
    decided_by: Annotated[
        str | None, Reference("person"), Asked("决定人", "By", must=EVERY, rule="first", usual="me", control="hidden")
    ] = None
    seen: Annotated[
        list[dict[str, Any]] | None,
        Entries(SEEN_COLUMNS, most=300),
        Asked("合并时的两边", "Both sides then", masked="secret", sensitive=True),
    ] = None
    undone_at: Annotated[str | None, When(past=True), Asked("撤销时间", "Undone at", control="hidden")] = None
    undone_by: Annotated[str | None, Reference("person"), Asked("撤销人", "Undone by", control="hidden")] = None
