"""The control that fits a declared field. Each is drawn anew only when its own answer changes."""

from collections.abc import Callable, Mapping

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.chosen import choice_control, reference_control, several_control, tiles_control
from field_app.screens.controls.dated import date_control
from field_app.screens.controls.divided import division_control
from field_app.screens.controls.lines import lines_control
from field_app.screens.controls.marked import marks_control, switch_control
from field_app.screens.controls.stepped import is_counted, stepped_control
from field_app.screens.controls.street import street_control
from field_app.screens.controls.typed import typed_control
from field_app.screens.surroundings import Surroundings
from visit_core.shapes import Control, Division, SetOf

Drawn = Callable[..., ft.Control]

CONTROLS: Mapping[Control, Drawn] = {
    **dict.fromkeys(("text", "multiline", "number", "money", "phone", "landline", "email"), typed_control),
    "date": date_control,
    "when": date_control,
    "choice": choice_control,
    "chips": tiles_control,
    "switch": switch_control,
    "stars": marks_control,
    "faces": marks_control,
    "picker": reference_control,
    "lines": lines_control,
    "division": division_control,
}


def field_control(draft: Draft, name: str, around: Surroundings) -> ft.Control:
    """The control of one field of a draft; every change goes through `draft.change(name, raw)`."""
    answer = draft.answers[name]
    if answer.spec.asked.shown_if:
        waiting: Drawn = _waiting
        return waiting(draft, answer, draft.waited_for(answer), around, key=name)
    return control_for(answer)(draft, answer, around, key=name)


@ft.component
def _waiting(draft: Draft, answer: Answer, _other: Answer | None, around: Surroundings) -> ft.Control:
    """A field that is there while another one says so; that one's every change draws this anew."""
    if not draft.is_shown(answer):
        return ft.Container(visible=False)
    return control_for(answer)(draft, answer, around)


def control_for(answer: Answer) -> Drawn:
    """Which control a field has: its declared one, or one for several values."""
    shape = answer.spec.shape
    if answer.spec.control in ("number", "money") and is_counted(shape):
        return stepped_control
    if isinstance(shape, Division) and answer.spec.control == "text":
        return street_control
    return several_control if isinstance(shape, SetOf) else CONTROLS[answer.spec.control]
