"""The sections of a form without the fields that stand elsewhere on its screen; all closed at first."""

from collections.abc import Collection

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.field_control import field_control
from field_app.screens.form import SECTIONS, filled_state
from field_app.screens.parts.section import INDENT, SectionHead, section
from field_app.screens.parts.surface import group
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import XL
from visit_core.fields import Section


def rest_of_form(draft: Draft, around: Surroundings, *, without: Collection[str]) -> ft.Control:
    """Sections of which nothing more is asked are left out."""
    present = [which for which in SECTIONS if _asked(draft, which, without)]
    return group([_section(draft, which, around, without) for which in present], INDENT)


@ft.component
def _section(draft: Draft, which: Section, around: Surroundings, without: Collection[str]) -> ft.Control:
    """One section; it opens by itself when the person is told of a mistake in it."""
    is_turned, turn = ft.use_state(False)
    is_open = is_turned or which in draft.pointed_at
    answers, look = _asked(draft, which, without), around.look
    head = SectionHead(which, look.says(f"form.section.{which}"), filled_state(look, *answers), is_open, look.is_large)
    fields = [field_control(draft, answer.spec.name, around) for answer in answers] if is_open else []
    return section(head, lambda: turn(lambda was: not was), ft.Column(fields, spacing=XL))


def _asked(draft: Draft, which: Section, without: Collection[str]) -> list[Answer]:
    return [answer for answer in draft.section(which) if answer.spec.name not in without]
