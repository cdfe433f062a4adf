"""One version of a form of an organisation's own: which fields it asks for, in which order, how urgently."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from visit_core.errors import NotValid
from visit_core.fields import AT_THE_DESK, EVERY, Asked, Entered, Fields, Place
from visit_core.picklists import REQUIRED_LEVEL, SECTION, TEMPLATE, picklist
from visit_core.shapes import Entries, KindName, Line, Name, OneOf, Passage, Pattern, SetOf, Whole, YesNo

TEMPLATE_STATUS = picklist(
    "template_status", "draft · 草稿 · Draft", "published · 发布 · Published", "retired · 停用 · Retired"
)
FIELD_COLUMNS = {"field": Line(40), "required_level": OneOf(REQUIRED_LEVEL), "section": OneOf(SECTION)}


class FormTemplate(Entered):
    """One version of one form of one kind. A published version stays as it is; a change is the next version."""

    kind_name: ClassVar[str] = "form_template"
    zh: ClassVar[str] = "模板"
    en: ClassVar[str] = "Template"
    listed: ClassVar[tuple[str, ...]] = ("name", "version", "status")
    written_by: ClassVar[frozenset[str]] = AT_THE_DESK
    lies_in: ClassVar[Place] = "form"
    once_for: ClassVar[tuple[str, ...]] = ("entity", "key", "version")

    name: Annotated[str | None, Name(40), Asked("模板名称", "Template name", must=EVERY)] = None
    key: Annotated[
        str | None,
        Pattern(r"[a-z][a-z0-9_]{1,30}", "snake_case"),
        Asked("模板键", "Key", must=EVERY, rule="first"),
    ] = None
    entity: Annotated[str | None, KindName(), Asked("对象", "Of which kind", must=EVERY, rule="first")] = "customer"
    version: Annotated[int | None, Whole(1, 100_000), Asked("版本", "Version", must=EVERY, rule="first")] = 1
    status: Annotated[str | None, OneOf(TEMPLATE_STATUS, chips=True), Asked("状态", "Status", must=EVERY)] = "draft"
    base: Annotated[str | None, OneOf(TEMPLATE), Asked("以此为基础", "Built on", must=EVERY, rule="first")] = "quick"
    only_listed: Annotated[bool | None, YesNo(), Asked("只显示列出的字段", "Only the fields listed")] = False
    fields: Annotated[
        list[dict[str, Any]] | None, Entries(FIELD_COLUMNS, key="field", ordered=True), Asked("字段", "Fields")
    ] = None
    applies_to: Annotated[list[str] | None, SetOf(Line(40)), Asked("适用团队", "For the teams")] = None
    changelog: Annotated[str | None, Passage(1000), Asked("变更说明", "What changed")] = None
    estimated_seconds: Annotated[int | None, Whole(1, 3600), Asked("预计用时(秒)", "Takes about (s)")] = None

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """A form that shows only what it lists lists something."""
        if fields.get("only_listed") and not fields.get("fields"):
            yield NotValid("required", field="fields")
