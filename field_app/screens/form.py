"""A whole form from the declaration of its kind: five sections, closed but the first."""

from collections.abc import Collection
from typing import get_args

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.field_control import field_control
from field_app.screens.look import Look
from field_app.screens.parts.section import SectionHead, section
from field_app.screens.parts.surface import group
from field_app.screens.parts.words import quiet
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import SECTION_BAR, XL
from visit_core.fields import Section

SECTIONS: tuple[Section, ...] = get_args(Section)


@ft.component
def form(
    draft: Draft, around: Surroundings, without: Collection[str] = (), opened: Section | None = SECTIONS[0]
) -> ft.Control:
    """All fields that are asked, in sections, but those that stand elsewhere on the screen.

    A section of which nothing is asked is left out; `opened` is the one that is open at first.
    """
    present = [which for which in SECTIONS if _asked(draft, which, without)]
    sections = [form_section(draft, which, around, without, which == opened) for which in present]
    return group(sections, around.look.row_indent + SECTION_BAR)


@ft.component
def form_section(
    draft: Draft, which: Section, around: Surroundings, without: Collection[str], is_first: bool
) -> ft.Control:
    """One section; it opens by itself where the person was, or is told of a mistake."""
    is_turned, turn = ft.use_state(False)
    is_open = (is_first != is_turned) or which in draft.pointed_at
    answers, look = _asked(draft, which, without), around.look
    head = SectionHead(
        which, look.says(f"form.section.{which}"), filled_state(draft, look, *answers), is_open, look.is_large
    )
    fields = [field_control(draft, answer.spec.name, around) for answer in answers] if is_open else []
    whole = section(head, lambda: turn(lambda was: not was), ft.Column(fields, spacing=XL))
    return ft.Container(whole, key=ft.ScrollKey(which))  # type: ignore[call-arg]  # hidden by its decorator


def _asked(draft: Draft, which: Section, without: Collection[str]) -> list[Answer]:
    return [answer for answer in draft.section(which) if answer.spec.name not in without]


@ft.component
def filled_state(draft: Draft, look: Look, *answers: Answer) -> ft.Control:
    """How far a section is filled in; drawn anew by itself while a person types."""
    asked = [answer for answer in answers if draft.is_shown(answer)]
    filled = sum(answer.is_filled for answer in asked)
    return quiet(look.says("form.filled", filled=filled, total=len(asked)) if filled else look.says("form.empty"))
