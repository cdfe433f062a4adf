"""What somebody wrote about a field: a supervisor's comment, and whether it is settled."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.parts.words import icon, quiet, words
from field_app.theme.colours import ATTENTION, SUCCESS, Tone
from field_app.theme.measures import RADIUS, L, M, S
from field_app.theme.type import Role


@dataclass(frozen=True, slots=True)
class Note:
    """A comment: on which field, by whom and when, in words of the person's language."""

    about: str
    comment: str
    by_and_when: str
    is_resolved: bool = False


def note_bubble(note: Note, *, action: ft.Control | None = None) -> ft.Container:
    """A comment on the ground of its state, with what can be done about it below."""
    meaning = SUCCESS if note.is_resolved else ATTENTION
    sign = ft.Icons.CHECK_CIRCLE_OUTLINE_ROUNDED if note.is_resolved else ft.Icons.CHAT_BUBBLE_OUTLINE_ROUNDED
    head = ft.Row([icon(sign, meaning.tone), words(note.about, Role.LABEL, meaning.tone, grows=True)], spacing=S)
    below = ft.Row([quiet(note.by_and_when, grows=True), *([action] if action else [])])
    inside = ft.Column([head, words(note.comment, Role.BODY, Tone.INK), below], spacing=4)
    padding = ft.Padding.symmetric(horizontal=L, vertical=M)
    return ft.Container(inside, padding=padding, bgcolor=meaning.ground, border_radius=RADIUS)
