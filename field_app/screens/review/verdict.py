"""A verdict on its way to the store."""

from collections.abc import Sequence

from field_app.actions.review_queue import ToJudge
from field_app.actions.reviewing import Note, review
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.review.judging import Remark
from visit_core.errors import NotValid, VisitError
from visit_core.rules.reviewing import Verdict


async def say_verdict(visit: ToJudge, verdict: Verdict, remark: Remark, do: Do, look: Look) -> bool:
    """Keep a verdict with its comment; False where it is refused, which the person is then told."""
    notes = notes_of(remark)
    if verdict == "returned" and not notes:
        remark.wrong = NotValid("comment_required", field="review_notes")
        return False
    said = look.says(f"review.said.{verdict}", name=visit.customer)
    answer = await do.act(lambda store: review(store, visit.id, verdict, notes), said)
    return not isinstance(answer, VisitError)


def notes_of(remark: Remark) -> Sequence[Note]:
    """The comment that was typed, if any."""
    text = remark.text.strip()
    return [(remark.field or None, text)] if text else []
