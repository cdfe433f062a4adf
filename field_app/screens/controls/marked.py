"""Fields that are a tap: yes or no, one to five stars, one of five faces."""

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.field import advice, advised
from field_app.screens.parts.words import named, unread, words
from field_app.screens.surroundings import Surroundings
from field_app.theme.colours import Tone
from field_app.theme.measures import XS

FACES = (
    ft.Icons.SENTIMENT_VERY_DISSATISFIED_ROUNDED,
    ft.Icons.SENTIMENT_DISSATISFIED_ROUNDED,
    ft.Icons.SENTIMENT_NEUTRAL_ROUNDED,
    ft.Icons.SENTIMENT_SATISFIED_ROUNDED,
    ft.Icons.SENTIMENT_VERY_SATISFIED_ROUNDED,
)
STARS = (ft.Icons.STAR_OUTLINE_ROUNDED, ft.Icons.STAR_ROUNDED)
MOST = 5


@ft.component
def switch_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """Yes or no."""

    def turn(event: ft.Event[ft.Switch]) -> None:
        draft.change(answer.spec.name, bool(event.control.value))

    said = caption(draft, answer, around)
    switch = named(said.label, ft.Switch(value=answer.raw is True, on_change=turn))
    line = ft.Row([ft.Container(unread(words(said.label)), expand=True), switch])
    return ft.Column([ft.Container(line, padding=ft.Padding.symmetric(vertical=XS)), *advice(said)])


@ft.component
def marks_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """One to five stars, all up to the chosen one lit; or one of five faces, from bad to good."""
    said = caption(draft, answer, around)
    marks = [_mark(draft, answer, mark, around.look) for mark in range(1, MOST + 1)]
    return advised(said, ft.Row(marks, spacing=XS))


def _mark(draft: Draft, answer: Answer, mark: int, look: Look) -> ft.Control:
    chosen = answer.raw if isinstance(answer.raw, int) else 0
    is_star = answer.spec.control == "stars"
    is_lit = mark <= chosen if is_star else mark == chosen
    button = sign_button(
        STARS[is_lit] if is_star else FACES[mark - 1],
        look.says("form.mark", mark=mark, most=MOST),
        lambda: draft.change(answer.spec.name, None if answer.raw == mark else mark),
        tone=Tone.PRIMARY if is_lit else Tone.EDGE,
        ground=Tone.TINT if mark == chosen else None,
        size=32,
    )
    return ft.MergeSemantics(ft.Semantics(selected=mark == chosen, content=button), expand=True)
