"""A field: its label above, a rim one sees in sunlight, help and error below."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.parts.words import named, quiet, unread, words
from field_app.theme.colours import Tone
from field_app.theme.measures import TOUCH, XS, S
from field_app.theme.styles import field_border
from field_app.theme.type import Role

HINT_LINES = 3  # large words take another line and are not cut


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands round a field: its label, whether it must be filled, help, and what is wrong with it now."""

    label: str
    must: str = ""  # the word for "required", empty if it may stay empty
    help: str = ""
    error: str = ""


def field_box(caption: Caption, box: ft.TextField, *, end: ft.Control | None = None) -> ft.Column:
    """A text field dressed for the app, under its label; `end` is a button inside it, at its right."""
    return _under_label(caption, dressed(caption, box, end=end))


def dressed(caption: Caption, box: ft.TextField, *, end: ft.Control | None = None) -> ft.Control:
    """A text field dressed for the app, whose label only a screen reader says: one of several in a line."""
    box.filled = True
    box.fill_color = Tone.CARD
    box.cursor_color = Tone.PRIMARY
    box.content_padding = ft.Padding(14, 14, TOUCH + XS if end else 14, 14)
    box.border = field_border(wrong=bool(caption.error))
    box.error = caption.error or None
    box.error_max_lines = box.helper_max_lines = 4
    box.hint_max_lines = HINT_LINES
    box.helper = None if caption.error else caption.help or None
    field = named(caption.label, box, hint=caption.must)
    return _with_end(field, end) if end else field


def advised(caption: Caption, control: ft.Control, *, value: str | None = None) -> ft.Column:
    """Any control or group of controls under its label, with help and error below as a field has them."""
    group = ft.Semantics(label=caption.label, value=value, container=True, content=control)
    return _under_label(caption, ft.Column([group, *advice(caption)], spacing=XS))


def _under_label(caption: Caption, control: ft.Control) -> ft.Column:
    must = [quiet(caption.must)] if caption.must else []
    head = unread(ft.Row([words(caption.label, Role.LABEL, grows=True), *must]))
    return ft.Column([head, control], spacing=6, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _with_end(field: ft.Control, end: ft.Control) -> ft.Stack:
    # Not as the field's own suffix: to a screen reader it would be part of the text.
    return ft.Stack([field, ft.Container(end, right=XS, top=2)], fit=ft.StackFit.PASS_THROUGH)


def advice(caption: Caption) -> list[ft.Control]:
    """What is to be read under a control: the error if there is one, else the help."""
    said = caption.error or caption.help
    if not said:
        return []
    line = words(said, Role.SECOND, Tone.DANGER if caption.error else Tone.INK2)
    return [ft.Semantics(live_region=bool(caption.error), content=ft.Container(line, padding=ft.Padding.only(left=S)))]
