"""Fields that are typed: lines, passages, numbers, telephone numbers, addresses."""

from collections.abc import Mapping, Sequence

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.parts.choice import Option, chips
from field_app.screens.parts.field import field_box
from field_app.screens.parts.heard import words_in
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import S
from visit_core.shapes import Control

KEYBOARDS: Mapping[Control, ft.KeyboardType] = {
    "multiline": ft.KeyboardType.MULTILINE,
    "number": ft.KeyboardType.NUMBER,
    "money": ft.KeyboardType.NUMBER,
    "phone": ft.KeyboardType.PHONE,
    "landline": ft.KeyboardType.PHONE,
    "email": ft.KeyboardType.EMAIL,
}
LATIN = {"phone", "landline", "email", "number", "money"}  # no word is to be guessed or corrected here


@ft.component
def typed_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """A text field with the keyboard that fits; while it is empty, what stands there often is a tap away."""
    return typed(draft, answer, around, around.suggested.get(answer.spec.name, ()))


def typed(draft: Draft, answer: Answer, around: Surroundings, often: Sequence[str]) -> ft.Control:
    """The field, with those words below it while it is empty."""
    box = text_box(draft, answer)
    box.keyboard_type = KEYBOARDS.get(answer.spec.control, ft.KeyboardType.TEXT)
    box.autocorrect = box.enable_suggestions = answer.spec.control not in LATIN
    if answer.spec.control == "multiline":
        box.multiline, box.min_lines, box.max_lines = True, 3, 8
    if answer.spec.control == "money":
        box.prefix = "¥ "
    whole = field_box(caption(draft, answer, around), box)
    if answer.is_filled or not often:
        return whole
    before = chips([Option(word, word) for word in often], (), lambda word: draft.change(answer.spec.name, word))
    return ft.Column([whole, before], spacing=S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def text_box(draft: Draft, answer: Answer) -> ft.TextField:
    """A box that tells the draft of every character."""
    name = answer.spec.name

    def change(event: ft.Event[ft.TextField]) -> None:
        draft.change(name, words_in(event))

    shown = "" if answer.raw is None else str(answer.raw)
    return ft.TextField(value=shown, on_change=change, on_blur=lambda: draft.leave(name))
