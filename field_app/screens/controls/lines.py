"""Lines under labels of one's own: 鞋码：42. One is always open to be written; often used labels are a tap."""

import flet as ft
from pydantic import JsonValue

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button, tonal
from field_app.screens.parts.choice import Option, chips
from field_app.screens.parts.field import Caption, advised, dressed
from field_app.screens.parts.heard import words_in
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import S
from visit_core.shapes.lines import LABEL, VALUE

Line = dict[str, JsonValue]


@ft.component
def lines_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """What was written, each line with the way out; labels that others use, as chips; a button for one more."""
    look, lines = around.look, lines_in(answer.raw)
    used = {line.get(LABEL) for line in lines}
    offered = [Option(label, label) for label in around.suggested.get(answer.spec.name, ()) if label not in used]

    def add(label: str = "") -> None:
        draft.change(answer.spec.name, [*lines_in(answer.raw), {LABEL: label, VALUE: ""}])

    rows = [_row(draft, answer, at, look) for at in range(len(lines))]
    often = [chips(offered, (), add)] if offered else []
    more = tonal(look.says("lines.add"), lambda: add(), sign=ft.Icons.ADD_ROUNDED, tall=False)
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column([*rows, *often, more], spacing=S, horizontal_alignment=stretched)
    return advised(caption(draft, answer, around, help_text=look.says("lines.help")), inside)


def lines_in(raw: JsonValue) -> list[Line]:
    """The lines as they stand in the form."""
    return [dict(line) for line in raw if isinstance(line, dict)] if isinstance(raw, list) else []


def _row(draft: Draft, answer: Answer, at: int, look: Look) -> ft.Control:
    line, number = lines_in(answer.raw)[at], at + 1

    def box(part: str, said: str, hint: str) -> ft.Container:
        def put(event: ft.Event[ft.TextField]) -> None:
            lines = lines_in(answer.raw)
            lines[at] = {**lines[at], part: words_in(event)}
            draft.change(answer.spec.name, [*lines])

        typed = ft.TextField(value=str(line.get(part) or ""), hint_text=hint, on_change=put)
        typed.on_blur = lambda: draft.leave(answer.spec.name)
        return ft.Container(dressed(Caption(said), typed), expand=2 if part == LABEL else 3)

    def drop() -> None:
        lines = lines_in(answer.raw)
        draft.change(answer.spec.name, [*lines[:at], *lines[at + 1 :]] or None)

    label = box(LABEL, look.says("lines.label_of", number=number), look.says("lines.label"))
    value = box(VALUE, look.says("lines.value_of", number=number), look.says("lines.value"))
    out = sign_button(ft.Icons.CLOSE_ROUNDED, look.says("lines.drop", number=number), drop)
    if look.is_large:
        return ft.Column([ft.Row([label, out], spacing=S), ft.Row([value])], spacing=S)
    return ft.Row([label, value, out], spacing=S)
