"""A field of the organisation's own as a row: dragged, or moved a place by a tap; out of use, with the way back."""

from functools import partial

import flet as ft

from field_app.actions import own_fields
from field_app.actions.own_fields import KIND, OwnField
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.own_fields.types import type_sign
from field_app.screens.parts.button import plain, sign_button
from field_app.screens.parts.row import row
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import icon
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, TOUCH, XS
from visit_core.kinds.custom_field import DATA_TYPE
from visit_core.picklists import REQUIRED_LEVEL


def field_row(field: OwnField, at: int, last: int, do: Do, look: Look) -> ft.Control:
    """A field in use. A tap opens it, the handle drags it, the arrows move it a place."""
    label = label_of(field, look)
    up, down = (_mover(field, to, do) if 0 <= to <= last else None for to in (at - 1, at + 1))
    arrows = ft.Row(
        [
            sign_button(ft.Icons.KEYBOARD_ARROW_UP_ROUNDED, look.says("fields.up", name=label), up),
            sign_button(ft.Icons.KEYBOARD_ARROW_DOWN_ROUNDED, look.says("fields.down", name=label), down),
        ],
        spacing=0,
        tight=True,
    )
    opens = row(label, _below(field, look), lead=type_sign(field.data_type), on_tap=_opener(field, do))
    moves = ft.Row([arrows, _handle(look)], spacing=0, tight=True)
    line: ft.Control = ft.Row([ft.Container(opens, expand=True), moves], spacing=0)
    if look.is_large:
        line = ft.Column([opens, ft.Row([moves], alignment=ft.MainAxisAlignment.END)], spacing=0)
    ground = ft.Container(line, bgcolor=Tone.CARD, border_radius=RADIUS)
    return ft.Container(ground, padding=ft.Padding.only(bottom=XS), key=field.id)


def retired_row(field: OwnField, do: Do, look: Look) -> ft.Control:
    """A field out of use: its data are kept, and a tap brings it back."""

    async def revive() -> None:
        label = label_of(field, look)
        await do.act(partial(own_fields.revive, field_id=field.id), look.says("fields.revived", name=label))

    back = plain(look.says("fields.revive"), revive)
    return row(
        label_of(field, look),
        _below(field, look),
        lead=type_sign(field.data_type),
        tail=back,
        on_tap=_opener(field, do),
        is_stacked=look.is_large,
    )


def label_of(field: OwnField, look: Look) -> str:
    """What people call it."""
    return field.label_zh if look.lang == "zh" else field.label_en


def _below(field: OwnField, look: Look) -> str:
    if field.spec is None:
        return look.says("fields.unreadable")
    parts = [DATA_TYPE.label(field.data_type, look.lang)]
    parts += [REQUIRED_LEVEL.label(field.level, look.lang)] if field.level != "none" else []
    parts += [look.says("fields.sensitive")] if field.spec.asked.sensitive else []
    parts += [look.says("fields.conditional")] if field.spec.asked.shown_if else []
    parts += [look.says("fields.waiting")] if field.sync_state == "queued" else []
    return "·".join(parts)


def _mover(field: OwnField, to: int, do: Do) -> Tap:
    async def move() -> None:
        await do.act(partial(own_fields.move, field_id=field.id, to=to))

    return move


def _opener(field: OwnField, do: Do) -> Tap:
    async def open_form() -> None:
        await do.begin(KIND, {}, record=field.id)

    return open_form


def _handle(look: Look) -> ft.Control:
    held = ft.Container(icon(ft.Icons.DRAG_INDICATOR_ROUNDED, Tone.EDGE), width=TOUCH, height=TOUCH)
    held.alignment = ft.Alignment.CENTER
    held.tooltip = look.says("fields.drag")
    return ft.ReorderableDragHandle(held, mouse_cursor=ft.MouseCursor.GRAB)
