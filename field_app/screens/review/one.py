"""One visit of the queue on a phone: read, then 通过, 疑问 or 退回 with a comment."""

from collections.abc import Awaitable, Callable
from datetime import date

import flet as ft

from field_app.actions.review_queue import OneToJudge, ToJudge
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.marks import review_mark
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import abreast, danger, filled, tonal
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.surface import edge, page_body
from field_app.screens.parts.words import quiet
from field_app.screens.review.comment import comment_box, field_chips
from field_app.screens.review.judging import Remark, first_field
from field_app.screens.review.reading import place_line, reading, who_and_when
from field_app.screens.review.verdict import say_verdict
from field_app.screens.visit_photos import photos_to_judge
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, L, M, S
from visit_core.rules.reviewing import Verdict

Judge = Callable[[Verdict], Awaitable[None]]
Wish = Callable[[Verdict | None], None]
NO_WISH: Verdict | None = None


@ft.component
def review_one_screen(model: OneToJudge, do: Do, look: Look) -> ft.Control:
    """The visit, if it still waits."""
    if model.visit is None:
        bar = top_bar(look.says("nav.review"), look.says("review.back"), do.back)
        gone = empty(look.says("review.gone"), ft.Icons.TASK_ALT_ROUNDED, look.says("review.back"), do.back)
        return ft.Column([bar, gone], spacing=0, expand=True)
    return _visit(model.visit, model.today, do, look)


@ft.component
def _visit(visit: ToJudge, today: date, do: Do, look: Look) -> ft.Control:
    """`wish` is the verdict that a comment is being written for; none while one still reads."""
    remark, _ = ft.use_state(Remark(first_field(visit)))
    wish, set_wish = ft.use_state(NO_WISH)

    async def judge(verdict: Verdict) -> None:
        if await say_verdict(visit, verdict, remark, do, look):
            await do.back()

    def point(field: str) -> None:
        remark.field = field

    bar = top_bar(visit.customer, look.says("review.back"), do.back, tail=review_mark(visit.state, look))
    about = ft.Column([quiet(who_and_when(visit, today, look)), place_line(visit, look)], spacing=S)
    pointed_at = remark.field if wish else ""
    photos = [photos_to_judge(visit.photos, do, look)] if visit.photos else []
    body = page_body(about, *photos, *reading(visit, today, look, pointed_at, point), gap=L)
    foot = _writing(visit, remark, look, wish, judge, set_wish) if wish else [_choosing(look, judge, set_wish)]
    return ft.Column([bar, body, *foot], spacing=0, expand=True)


def _choosing(look: Look, judge: Judge, wish: Wish) -> ft.Control:
    """The three verdicts."""

    async def approve() -> None:
        await judge("approved")

    back = danger(look.says("review.return"), lambda: wish("returned"))
    question = tonal(look.says("review.question"), lambda: wish("question"))
    yes = filled(look.says("review.approve"), approve)
    labels = [look.says(f"review.{each}") for each in ("return", "question", "approve")]
    if look.columns(labels, beside=2 * L) == len(labels):
        return bottom_bar(back, question, yes)
    back.expand = question.expand = True
    others = abreast([back, question], stacked=look.columns(labels, beside=2 * L) == 1)
    return bottom_bar(ft.Column([ft.Row([yes]), others], spacing=S, expand=True))


def _writing(
    visit: ToJudge, remark: Remark, look: Look, verdict: Verdict, judge: Judge, wish: Wish
) -> list[ft.Control]:
    """The comment over the button that says it."""

    async def submit() -> None:
        await judge(verdict)

    stretched = ft.CrossAxisAlignment.STRETCH
    chips = field_chips(visit, remark, look)
    inside = ft.Column([chips, comment_box(visit, remark, look, None)], spacing=M, horizontal_alignment=stretched)
    above = ft.Container(inside, padding=ft.Padding(MARGIN, M, MARGIN, 0), bgcolor=Tone.CARD, border=edge("top"))
    cancel = tonal(look.says("review.cancel"), lambda: wish(None))
    go = filled(look.says(f"review.go.{verdict}", name=visit.rep), submit)
    return [above, bottom_bar(cancel, go)]
