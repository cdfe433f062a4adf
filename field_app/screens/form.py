"""A whole form from the declaration of its kind: five sections, closed but the first."""

from typing import get_args

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.field_control import field_control
from field_app.screens.look import Look
from field_app.screens.parts.section import INDENT, SectionHead, section
from field_app.screens.parts.surface import group
from field_app.screens.parts.words import quiet
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import XL
from visit_core.fields import Section

SECTIONS: tuple[Section, ...] = get_args(Section)


@ft.component
def form(draft: Draft, around: Surroundings) -> ft.Control:
    """All fields that are asked, in sections; a section of which nothing is asked is left out."""
    present = [which for which in SECTIONS if draft.section(which)]
    sections = [form_section(draft, which, around, is_first=n == 0) for n, which in enumerate(present)]
    return group(sections, INDENT)


@ft.component
def form_section(draft: Draft, which: Section, around: Surroundings, is_first: bool) -> ft.Control:
    """One section; it opens by itself when the person is told of a mistake in it."""
    is_turned, turn = ft.use_state(False)
    is_open = (is_first != is_turned) or which in draft.pointed_at
    answers = draft.section(which)
    state = filled_state(around.look, *answers)
    head = SectionHead(which, around.look.says(f"form.section.{which}"), state, is_open, around.look.is_large)
    fields = [field_control(draft, answer.spec.name, around) for answer in answers] if is_open else []
    return section(head, lambda: turn(lambda was: not was), ft.Column(fields, spacing=XL))


@ft.component
def filled_state(look: Look, *answers: Answer) -> ft.Control:
    """How far a section is filled in; drawn anew by itself while a person types."""
    filled = sum(answer.is_filled for answer in answers)
    return quiet(look.says("form.filled", filled=filled, total=len(answers)) if filled else look.says("form.empty"))
