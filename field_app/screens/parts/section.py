"""A section of a form or a record: its colour bar and icon, its name, what is filled in, and its content when open."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.parts.words import Do, icon, words
from field_app.theme.colours import SECTION_TONES, Tone
from field_app.theme.measures import BAR_RADIUS, SECTION_BAR, L, M
from field_app.theme.type import Role
from visit_core.fields import Section

SIGNS: dict[Section, ft.IconData] = {
    "basic": ft.Icons.BADGE_OUTLINED,
    "behaviour": ft.Icons.FAVORITE_BORDER_ROUNDED,
    "contact": ft.Icons.FORUM_OUTLINED,
    "leads": ft.Icons.TRENDING_UP_ROUNDED,
    "remarks": ft.Icons.STICKY_NOTE_2_OUTLINED,
}


@dataclass(frozen=True, slots=True)
class SectionHead:
    """Which section, what people call it, and in a few words how far it is filled in."""

    section: Section
    name: str
    state: ft.Control
    is_open: bool
    is_stacked: bool = False  # the state below the name, where large words need the width


def section(head: SectionHead, on_turn: Do, content: ft.Control | None) -> ft.Column:
    """A head that opens and closes, and what is inside while it is open."""
    inside = [ft.Container(content, padding=ft.Padding(L, 0, L, L))] if head.is_open and content else []
    return ft.Column([_head(head, on_turn), *inside], spacing=0)


def section_mark(which: Section) -> ft.Row:
    """The colour bar and the icon that a section has wherever it is named."""
    tone = SECTION_TONES[which]
    corners = ft.BorderRadius.horizontal(right=BAR_RADIUS)
    bar = ft.Container(width=SECTION_BAR, height=28, bgcolor=tone, border_radius=corners)
    return ft.Row([bar, icon(SIGNS[which], tone)], spacing=M, tight=True)


def _head(head: SectionHead, on_turn: Do) -> ft.Semantics:
    arrow = ft.Icons.KEYBOARD_ARROW_UP_ROUNDED if head.is_open else ft.Icons.KEYBOARD_ARROW_DOWN_ROUNDED
    line = ft.Row([section_mark(head.section), *_names(head), icon(arrow, Tone.INK2)], spacing=L)
    padding = ft.Padding(0, 14, L, 14)
    tapped = ft.Container(line, padding=padding, ink=True, ink_color=Tone.PRESSED, on_click=on_turn)
    return ft.Semantics(button=True, container=True, expanded=head.is_open, content=tapped)


def _names(head: SectionHead) -> list[ft.Control]:
    name = words(head.name, Role.STRONG, grows=not head.is_stacked)
    return [ft.Column([name, head.state], spacing=0, expand=True)] if head.is_stacked else [name, head.state]
