"""The five sections of a visit, closed but the first, without what stands above them already."""

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.field_control import field_control
from field_app.screens.form import SECTIONS, filled_state
from field_app.screens.parts.section import SectionHead, section
from field_app.screens.parts.surface import group
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import XL
from visit_core.fields import Section

ABOVE = ("outcome", "purchase_intention", "product_interest", "next_date")
FIXED = ("customer_id", "household_id", "check_in_at", "check_out_at")
"""Told by how the visit was begun."""


def visit_sections(draft: Draft, around: Surroundings) -> ft.Control:
    """All else that is asked of a visit."""
    return group([one_section(draft, which, around) for which in SECTIONS if _asked(draft, which)])


@ft.component
def one_section(draft: Draft, which: Section, around: Surroundings) -> ft.Control:
    """One section; it opens by itself where the person was, or is told of a mistake."""
    is_turned, turn = ft.use_state(False)
    is_open = (which == SECTIONS[0]) != is_turned or which in draft.pointed_at
    answers, look = _asked(draft, which), around.look
    head = SectionHead(which, look.says(f"form.section.{which}"), filled_state(look, *answers), is_open, look.is_large)
    fields = [field_control(draft, answer.spec.name, around) for answer in answers] if is_open else []
    whole = section(head, lambda: turn(lambda was: not was), ft.Column(fields, spacing=XL))
    return ft.Container(whole, key=ft.ScrollKey(which))  # type: ignore[call-arg]  # hidden by its decorator


def _asked(draft: Draft, which: Section) -> list[Answer]:
    return [answer for answer in draft.section(which) if answer.spec.name not in (*ABOVE, *FIXED)]
