"""The comment on a visit: which field it is about, and the words."""

from collections.abc import Callable

import flet as ft

from field_app.actions.review_queue import ToJudge
from field_app.screens.look import Look
from field_app.screens.parts.choice import Option, chips
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.heard import words_in
from field_app.screens.register_words import register_label
from field_app.screens.review.judging import Remark
from field_app.theme.measures import S
from visit_core.explain import explain

Submit = Callable[[], object]


@ft.component
def comment_box(
    visit: ToJudge, remark: Remark, look: Look, on_submit: Submit | None, box: ft.Ref[ft.TextField] | None = None
) -> ft.Control:
    """The field for the words; drawn anew by itself while a supervisor types.

    With `on_submit` it is one line and Enter sends it; without, it grows. (A field that knows Shift+Enter can in
    Flet 1.0.5 not be given the cursor.)
    """
    ft.use_state(remark)

    def change(event: ft.Event[ft.TextField]) -> None:
        remark.type(words_in(event))

    def enter() -> None:
        remark.has_cursor = True

    def leave() -> None:
        remark.has_cursor = False

    held = ft.TextField(value=remark.text, on_change=change, on_focus=enter, on_blur=leave, ref=box)
    held.hint_text = look.says("review.hint")
    if on_submit is None:
        held.multiline, held.min_lines, held.max_lines = True, 1, 4
    held.on_submit = on_submit
    wrong = explain(remark.wrong, look.lang, kind="visit") if remark.wrong else ""
    return field_box(Caption(about_words(visit, remark.field, look), error=wrong), held)


def about_words(visit: ToJudge, field: str, look: Look) -> str:
    """写给陈伟·沟通内容."""
    label = register_label("visit", field, look) if field else look.says("review.whole")
    return look.says("review.to", name=visit.rep, field=label)


def field_chips(visit: ToJudge, remark: Remark, look: Look) -> ft.Row:
    """The filled fields on one line that moves sideways."""

    def point(field: str) -> None:
        remark.field = field

    options = [Option(fact.spec.name, fact.spec.asked.label(look.lang)) for fact in visit.facts]
    line = chips(options, [remark.field], point)
    line.wrap, line.scroll, line.spacing = False, ft.ScrollMode.HIDDEN, S
    return line
