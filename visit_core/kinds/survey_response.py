"""What somebody of ours thinks of a form: a mark, and how it could be better."""

from typing import Annotated, ClassVar

from visit_core.fields import ALL_WHO_WRITE, EVERY, Asked, Entered, Place
from visit_core.shapes import Line, Passage, Reference, When, Whole


class SurveyResponse(Entered):
    """What somebody of ours thinks of a form (反馈这张表)."""

    kind_name: ClassVar[str] = "survey_response"
    zh: ClassVar[str] = "表格反馈"
    en: ClassVar[str] = "Form feedback"
    listed: ClassVar[tuple[str, ...]] = ("at", "template", "score")
    written_by: ClassVar[frozenset[str]] = ALL_WHO_WRITE
    append_only: ClassVar[bool] = True
    lies_in: ClassVar[Place] = "form"

    user_id: Annotated[
        str | None, Reference("person"), Asked("填写人", "From", rule="first", usual="me", control="hidden")
    ] = None
    template: Annotated[str | None, Line(40), Asked("哪张表", "Which form", must=EVERY, rule="first")] = None
    score: Annotated[
        int | None, Whole(1, 5, control="faces"), Asked("好用吗", "How good is it", must=EVERY, rule="first")
    ] = None
    suggestion: Annotated[str | None, Passage(2000), Asked("改进建议", "How to better it", rule="first")] = None
    at: Annotated[
        str | None, When(past=True), Asked("时间", "At", must=EVERY, rule="first", usual="now", control="hidden")
    ] = None
