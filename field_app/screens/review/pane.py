"""The chosen visit beside the queue: who and when, everything to read, the comment and the three verdicts."""

import flet as ft

from field_app.screens.look import Look
from field_app.screens.marks import review_mark
from field_app.screens.parts.button import abreast, danger, filled, sign_button, tonal
from field_app.screens.parts.surface import edge
from field_app.screens.parts.words import one_line, quiet, words
from field_app.screens.review.comment import comment_box
from field_app.screens.review.course import Course
from field_app.screens.review.reading import place_line, reading, who_and_when
from field_app.screens.visit_photos import photos_to_judge
from field_app.theme.colours import Tone
from field_app.theme.measures import TAG_RADIUS, XS, L, M, S
from field_app.theme.type import Role

SIDE_BY_SIDE_UNTIL = 1.2


@ft.component
def pane(course: Course, box: ft.Ref[ft.TextField]) -> ft.Control:
    """Everything of one visit; drawn anew by itself when the comment points elsewhere."""
    remark = course.remark()
    ft.use_state(remark)
    visit = course.visit
    if visit is None:
        return ft.Container()

    def point(field: str) -> None:
        remark.field = field

    async def submit() -> None:
        await course.judge("returned")

    body = reading(visit, course.queue.today, course.look, remark.field, point)
    comment = ft.Container(comment_box(visit, remark, course.look, submit, box), key=visit.id)
    below = ft.Column([comment, _verdicts(course)], spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    photos = [photos_to_judge(visit.photos, course.do, course.look)] if visit.photos else []
    lines = [place_line(visit, course.look), *photos, *body]
    if is_large(course.look):
        lines.append(below)
    listed = ft.ListView(lines, expand=True, spacing=L, padding=L)
    foot = [] if is_large(course.look) else [ft.Container(below, padding=L, border=edge("top"))]
    return ft.Column([_head(course), listed, *foot], spacing=0, expand=True)


def is_large(look: Look) -> bool:
    """Whether the words are so large that everything scrolls: a fixed foot would leave no room to read."""
    return look.scale > SIDE_BY_SIDE_UNTIL


def _head(course: Course) -> ft.Control:
    visit, look = course.visit, course.look
    if visit is None:
        return ft.Container()
    place = quiet(f"{course.at + 1}/{len(course.visible)}")
    up = sign_button(ft.Icons.KEYBOARD_ARROW_UP_ROUNDED, look.says("review.previous"), lambda: course.move(-1))
    down = sign_button(ft.Icons.KEYBOARD_ARROW_DOWN_ROUNDED, look.says("review.next"), lambda: course.move(1))
    name = one_line(visit.customer, Role.TITLE)
    marks = [review_mark(visit.state, look), place, up, down]
    heads = [ft.Row([name]), ft.Row([*marks], spacing=S)] if is_large(look) else [ft.Row([name, *marks], spacing=S)]
    second = quiet(who_and_when(visit, course.queue.today, look))
    return ft.Container(ft.Column([*heads, second], spacing=0), padding=ft.Padding(L, M, S, M), border=edge("bottom"))


def _verdicts(course: Course) -> ft.Control:
    async def approve() -> None:
        await course.judge("approved")

    async def send_back() -> None:
        await course.judge("returned")

    async def ask() -> None:
        await course.judge("question")

    look = course.look
    question = with_key(tonal(look.says("review.question"), ask), "Q")
    back = with_key(danger(look.says("review.return"), send_back), "R")
    yes = with_key(filled(look.says("review.approve_next"), approve), "A")
    return abreast([question, back, yes], stacked=is_large(look))


def with_key(button: ft.FilledButton, key: str) -> ft.FilledButton:
    """A button that says which key does the same."""
    held = button.content
    if isinstance(held, ft.Text):
        cap = ft.Container(words(key, Role.CAPTION), padding=ft.Padding.symmetric(horizontal=6), bgcolor=Tone.CARD)
        cap.border_radius, cap.border = TAG_RADIUS, ft.Border.all(1, Tone.LINE)
        centre = ft.MainAxisAlignment.CENTER
        button.content = ft.Row([held, cap], spacing=XS, tight=True, alignment=centre)
    return button
