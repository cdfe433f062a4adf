"""Small numbers: typed, or a step up and down with a tap."""

from decimal import Decimal

import flet as ft
from pydantic import JsonValue

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.controls.typed import text_box
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.field import field_box
from field_app.screens.parts.words import Do
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import TOUCH, XS
from visit_core.errors import NotValid
from visit_core.shapes import Amount, Moment, Shape, Whole

FEW = 150  # between the limits of what is counted up and down rather than typed


@ft.component
def stepped_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """A box for digits with − and ＋ at its end; a button is not to be had where its step would leave the limits."""
    box = text_box(draft, answer)
    box.keyboard_type = ft.KeyboardType.NUMBER
    box.autocorrect = box.enable_suggestions = False
    if answer.spec.control == "money":
        box.prefix = "¥ "
    said, look = caption(draft, answer, around), around.look
    less = sign_button(ft.Icons.REMOVE_ROUNDED, look.says("form.less", name=said.label), _step(draft, answer, -1))
    more = sign_button(ft.Icons.ADD_ROUNDED, look.says("form.more", name=said.label), _step(draft, answer, 1))
    whole = field_box(said, box, end=ft.Row([less, more], spacing=0, tight=True))
    box.content_padding = ft.Padding(14, 14, 2 * TOUCH + XS, 14)
    return whole


def is_counted(shape: Shape) -> bool:
    """Whether a number is so small that one counts rather than types it: ages, people, pieces, a tip, a waist."""
    if not isinstance(shape, Whole | Amount):
        return False
    is_of_pieces = isinstance(shape, Amount) and shape.above_zero
    return is_of_pieces or Decimal(shape.most) - Decimal(shape.least) <= FEW


def stepped(answer: Answer, by: int, moment: Moment) -> int | str | None:
    """The number after a step; the least one from an empty field, None beyond the limits or from what is no number."""
    shape = answer.spec.shape
    if not isinstance(shape, Whole | Amount) or answer.wrong:
        return None
    if not answer.is_filled:
        return _first(shape, moment) if by > 0 else None
    said = _kept(shape, answer.raw, moment)
    return None if said is None else _kept(shape, Decimal(said) + by, moment)


def _first(shape: Whole | Amount, moment: Moment) -> int | str | None:
    least = max(Decimal(shape.least), Decimal(0))
    said = _kept(shape, least, moment)
    return _kept(shape, least + 1, moment) if said is None else said


def _kept(shape: Whole | Amount, value: JsonValue | Decimal, moment: Moment) -> int | str | None:
    """The number as it is kept; None for what the field could not hold."""
    try:
        said = shape.read(str(value), moment)
    except NotValid:
        return None
    return said if isinstance(said, int | str) else None


def _step(draft: Draft, answer: Answer, by: int) -> Do | None:
    if stepped(answer, by, draft.moment()) is None:
        return None

    def take() -> None:
        number = stepped(answer, by, draft.moment())
        if number is not None:
            draft.change(answer.spec.name, number)

    return take
