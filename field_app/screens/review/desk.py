"""审核 at a desk: the queue in the middle, the chosen visit at the right, the keys under the fingers."""

from dataclasses import dataclass, field

import flet as ft

from field_app.actions.review_queue import ReviewQueue
from field_app.screens.doing import Do
from field_app.screens.keys import use_keys
from field_app.screens.look import Look
from field_app.screens.paging import paged
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.surface import hairline
from field_app.screens.parts.words import quiet
from field_app.screens.review.course import Course
from field_app.screens.review.judging import Desk
from field_app.screens.review.pane import pane
from field_app.screens.review.queue import filters
from field_app.screens.review.table import row_height, table_head, table_rows
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, L, S
from visit_core.rules.reviewing import Verdict

PANE = 420
ABOVE = 4  # rows that stay visible over the chosen one
STEP_BY_KEY = {"Arrow Down": 1, "Arrow Up": -1}
VERDICT_BY_KEY: dict[str, Verdict] = {"A": "approved", "Q": "question"}


@dataclass(eq=False)
class Handles:
    """Controls that a key reaches for."""

    whole: ft.Ref[ft.Container] = field(default_factory=ft.Ref)
    rows: ft.Ref[ft.ListView] = field(default_factory=ft.Ref)
    box: ft.Ref[ft.TextField] = field(default_factory=ft.Ref)


@ft.component
def review_desk(queue: ReviewQueue, do: Do, look: Look) -> ft.Control:
    """Arrows move, A approves, R goes to the comment, Q asks, X ticks."""
    desk, _ = ft.use_state(Desk())
    ft.use_state(desk.pages)
    handles, _ = ft.use_state(Handles())
    course = Course(queue, desk, do, look)

    async def hear(key: str) -> None:
        if not course.remark().has_cursor:
            await pressed(course, handles, key)

    use_keys(hear, handles.whole)
    return ft.Container(_two_columns(course, handles), expand=True, ref=handles.whole)


async def pressed(course: Course, handles: Handles, key: str) -> None:
    """What a key does while no field has the cursor."""
    if key == "R" and handles.box.current:
        course.remark().has_cursor = True  # at once: letters that follow are words, even before the cursor is there
        await handles.box.current.focus()  # type: ignore[no-untyped-call]
    elif key == "X" and course.visit and course.visit.group == "clean":
        course.desk.tick(course.visit.id)
    elif key in STEP_BY_KEY:
        course.move(STEP_BY_KEY[key])
        await _show_chosen(course, handles)
    elif key in VERDICT_BY_KEY:
        await course.judge(VERDICT_BY_KEY[key])


async def _show_chosen(course: Course, handles: Handles) -> None:
    """Scroll so that the chosen row stays where the eye is."""
    course.desk.pages.shown = max(course.desk.pages.shown, course.at + 1)
    if handles.rows.current:
        above = max(0, course.at - ABOVE) * row_height(course.look)
        await handles.rows.current.scroll_to(offset=above, duration=0)


def _two_columns(course: Course, handles: Handles) -> ft.Control:
    middle = ft.Column([*_head(course), _list(course, handles), *_foot(course)], spacing=0, expand=True)
    if course.visit is None:
        return middle
    table = ft.Container(middle, expand=True, bgcolor=Tone.CARD)
    beside = ft.Container(pane(course, handles.box), width=PANE * min(course.look.scale, 1.25), bgcolor=Tone.CARD)
    beside.border = ft.Border.only(left=ft.BorderSide(1, Tone.LINE))
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Row([table, beside], spacing=0, expand=True, vertical_alignment=stretched)


def _head(course: Course) -> list[ft.Control]:
    look, queue = course.look, course.queue
    left = look.says("review.left", waiting=len(queue.visits), eyes=len(queue.of("exception")))
    if not queue.visits:
        return [page_header(look.says("nav.review"))]
    chips = ft.Container(filters(queue, course.desk, look), padding=ft.Padding(MARGIN, 0, MARGIN, S))
    return [page_header(look.says("nav.review"), left), chips, table_head(look), hairline()]


def _list(course: Course, handles: Handles) -> ft.Control:
    visible, pages = course.visible, course.desk.pages
    if not visible:
        return empty(course.look.says("review.empty"), ft.Icons.TASK_ALT_ROUNDED)
    body = ft.ListView(table_rows(course, pages.of(visible)), expand=True, spacing=0, ref=handles.rows)
    return paged(body, pages, len(visible))


def _foot(course: Course) -> list[ft.Control]:
    """The batch bar while rows are ticked, else the keys."""
    look, count = course.look, len(course.desk.ticked)
    if count:
        drop = plain(look.says("review.untick"), lambda: course.desk.tick(*course.desk.ticked))
        approve = filled(look.says("review.approve_ticked", count=count), course.approve_ticked, grows=False)
        told = ft.Container(quiet(look.says("review.ticked", count=count)), expand=True)
        told.alignment = ft.Alignment.CENTER_LEFT
        return [bottom_bar(told, drop, approve)]
    if look.scale > 1.5 or not course.visible:
        return []
    keys = ft.Container(quiet(look.says("review.keys")), padding=ft.Padding.symmetric(horizontal=L, vertical=S))
    return [hairline(), keys]
