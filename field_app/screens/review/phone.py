"""审核 on a phone: the queue as rows, each opening its visit."""

import flet as ft

from field_app.actions.review_queue import ReviewQueue, ToJudge
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.marks import review_mark
from field_app.screens.paging import paged
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import card, group, page_body
from field_app.screens.parts.words import heading, one_line, words
from field_app.screens.review.judging import Desk, shown
from field_app.screens.review.queue import filters, group_words, grouped, tallies
from field_app.screens.review.reading import outcome_words, reason_words, time_words
from field_app.theme.colours import Tone
from field_app.theme.measures import S
from field_app.theme.type import Role


@ft.component
def review_list(queue: ReviewQueue, do: Do, look: Look) -> ft.Control:
    """How much waits, and the queue in its groups, exceptions on top."""
    desk, _ = ft.use_state(Desk())
    ft.use_state(desk.pages)
    visible = shown(queue, desk.only)
    groups = [
        _group(look.says("review.group_of", group=group_words(which, look), count=len(members)), members, do, look)
        for which, members in grouped(desk.pages.of(visible))
    ]
    top = [card(tallies(queue, look)), filters(queue, desk, look)] if queue.visits else []
    rest: list[ft.Control] = [*groups] if visible else [_nothing(look)]
    body = paged(page_body(*top, *rest), desk.pages, len(visible))
    return ft.Column([page_header(look.says("nav.review")), body], spacing=0, expand=True)


def _nothing(look: Look) -> ft.Control:
    return empty(look.says("review.empty"), ft.Icons.TASK_ALT_ROUNDED)


def _group(title: str, members: list[ToJudge], do: Do, look: Look) -> ft.Control:
    rows = group([_row(visit, do, look) for visit in members])
    return ft.Column([heading(title, Role.SECTION), rows], spacing=S)


def _row(visit: ToJudge, do: Do, look: Look) -> ft.Control:
    async def read() -> None:
        await do.go(Place("review_one", visit.id))

    said = "·".join(part for part in (visit.rep, time_words(visit, look), outcome_words(visit, look)) if part)
    why = [words(reason, Role.SECOND, Tone.ATTENTION) for reason in reason_words(visit, look)[:1]]
    title = ft.Column([one_line(visit.customer, grows=False), *why], spacing=0, tight=True)
    tail = review_mark(visit.state, look) if visit.state == "question" else chevron()
    return ft.Container(row(title, said, tail=tail, on_tap=read), key=visit.id)
