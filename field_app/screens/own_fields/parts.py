"""What a field may hold and when it is asked for: small objects of named parts, each in a box of its own."""

from collections.abc import Callable, Sequence

import flet as ft
from pydantic import JsonValue

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.look import Look
from field_app.screens.parts.choice import Option, columns_of, grid
from field_app.screens.parts.field import Caption, advised, field_box
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.menu import menu
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import L, M, S
from visit_core.fields import FieldSpec
from visit_core.kinds.custom_field import OPERATOR
from visit_core.shapes import OneOf, SetOf, YesNo

NUMBERS = ("integer", "decimal", "money")
FILLED = "filled"


@ft.component
def limits_control(draft: Draft, answer: Answer, data_type: Answer, around: Surroundings) -> ft.Control:
    """The least and the most of a number; the pattern of a text, and what is said where it is not met."""
    names = ("min", "max") if data_type.raw in NUMBERS else ("regex", "msg_zh") if data_type.raw == "text" else ()
    if not names:
        return ft.Container(visible=False)
    boxes = [_part_box(draft, answer, name, around.look) for name in names]
    side_by_side = data_type.raw in NUMBERS and not around.look.is_large
    inside = ft.Row([ft.Container(box, expand=True) for box in boxes], spacing=M) if side_by_side else ft.Column(boxes)
    return advised(caption(draft, answer, around), inside)


@ft.component
def condition_control(draft: Draft, answer: Answer, around: Surroundings, beside: Sequence[FieldSpec]) -> ft.Control:
    """Which other field must be how; nothing chosen means that the field is always asked for."""
    look, parts = around.look, parts_in(answer.raw)
    options = [Option("", look.says("fields.always")), *(Option(s.name, s.asked.label(look.lang)) for s in beside)]
    chosen = str(parts.get("field") or "")

    def choose(field: str) -> None:
        draft.change(answer.spec.name, {"field": field, "op": FILLED} if field else None)

    spec = next((each for each in beside if each.name == chosen), None)
    rest = _how(draft, answer, spec, look) if chosen else []
    said = next((each.label for each in options if each.code == chosen), "")
    return advised(
        caption(draft, answer, around), ft.Column([menu(options, chosen, choose), *rest], spacing=M), value=said
    )


def parts_in(raw: JsonValue) -> dict[str, JsonValue]:
    """The parts as they stand in the form."""
    return dict(raw) if isinstance(raw, dict) else {}


def with_part(raw: JsonValue, name: str, value: JsonValue) -> JsonValue:
    """The same parts with one put in; None where none is left."""
    parts = {**parts_in(raw), name: value}
    return {name: value for name, value in parts.items() if value not in (None, "")} or None


def _how(draft: Draft, answer: Answer, spec: FieldSpec | None, look: Look) -> list[ft.Control]:
    parts = parts_in(answer.raw)
    operators = [Option(each.code, each.label(look.lang)) for each in OPERATOR.choices]
    tiles = grid(operators, str(parts.get("op")), _putter(draft, answer, "op"), columns=2)
    if parts.get("op") == FILLED:
        return [tiles]
    values = _values_of(spec, look)
    if not values:
        return [tiles, _part_box(draft, answer, "value", look)]
    columns = columns_of(values, look, inset=2 * L)
    return [tiles, grid(values, str(parts.get("value") or ""), _putter(draft, answer, "value"), columns=columns)]


def _values_of(spec: FieldSpec | None, look: Look) -> list[Option]:
    """What the other field may hold, where that is a closed list."""
    shape = spec.shape.member if spec and isinstance(spec.shape, SetOf) else spec.shape if spec else None
    if isinstance(shape, YesNo):
        return [Option(code, look.says(key)) for code, key in (("true", "value.yes"), ("false", "value.no"))]
    return (
        [Option(each.code, each.label(look.lang)) for each in shape.picklist.choices]
        if isinstance(shape, OneOf)
        else []
    )


def _putter(draft: Draft, answer: Answer, part: str) -> Callable[[str], None]:
    def put(value: str) -> None:
        draft.change(answer.spec.name, with_part(answer.raw, part, value))

    return put


def _part_box(draft: Draft, answer: Answer, part: str, look: Look) -> ft.Control:
    put = _putter(draft, answer, part)
    box = ft.TextField(value=str(parts_in(answer.raw).get(part) or ""))
    box.on_change = lambda event: put(words_in(event))
    box.on_blur = lambda: draft.leave(answer.spec.name)
    if part in ("min", "max"):
        box.keyboard_type = ft.KeyboardType.NUMBER
    return ft.Container(field_box(Caption(look.says(f"fields.part.{part}")), box), padding=ft.Padding.only(top=S))
