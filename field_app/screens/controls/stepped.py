"""Small whole numbers: typed, or a step up and down with a tap."""

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.controls.typed import text_box
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.field import field_box
from field_app.screens.parts.words import Do
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import TOUCH, XS
from visit_core.shapes import Whole


@ft.component
def stepped_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """A box for digits with − and ＋ at its end; a button is not to be had where its step would leave the limits."""
    box = text_box(draft, answer)
    box.keyboard_type = ft.KeyboardType.NUMBER
    box.autocorrect = box.enable_suggestions = False
    said, look = caption(draft, answer, around), around.look
    less = sign_button(ft.Icons.REMOVE_ROUNDED, look.says("form.less", name=said.label), _step(draft, answer, -1))
    more = sign_button(ft.Icons.ADD_ROUNDED, look.says("form.more", name=said.label), _step(draft, answer, 1))
    whole = field_box(said, box, end=ft.Row([less, more], spacing=0, tight=True))
    box.content_padding = ft.Padding(14, 14, 2 * TOUCH + XS, 14)
    return whole


def stepped(answer: Answer, by: int) -> int | None:
    """The number after a step; the least one from an empty field, None beyond the limits or from what is no number."""
    shape = answer.spec.shape
    if not isinstance(shape, Whole) or answer.wrong:
        return None
    if not answer.is_filled:
        return max(shape.least, 0) if by > 0 else None
    number = int(str(answer.raw)) + by
    return number if shape.least <= number <= shape.most else None


def _step(draft: Draft, answer: Answer, by: int) -> Do | None:
    if stepped(answer, by) is None:
        return None

    def take() -> None:
        number = stepped(answer, by)
        if number is not None:
            draft.change(answer.spec.name, number)

    return take
