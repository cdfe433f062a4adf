"""All that is known of a record as cards, one for each section, with what somebody noted under its field."""

from collections.abc import Mapping, Sequence
from datetime import date

import flet as ft

from field_app.actions.facts import Fact
from field_app.screens.fact_words import fact_words
from field_app.screens.form import SECTIONS
from field_app.screens.look import Look
from field_app.screens.parts.row import fact as fact_row
from field_app.screens.parts.section import section_mark
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import heading, quiet, words
from field_app.theme.measures import L, M
from field_app.theme.type import Role
from visit_core.fields import Section

Noted = Mapping[str, Sequence[ft.Control]]
NOBODY: Mapping[str, str] = {}
NOTHING: Noted = {}


def fact_cards(
    facts: Sequence[Fact], look: Look, today: date, name_by_id: Mapping[str, str] = NOBODY, noted: Noted = NOTHING
) -> list[ft.Control]:
    """A card for every section of which something is known; `noted` is what stands under a field."""
    by_section = {which: [each for each in facts if each.section == which] for which in SECTIONS}
    return [
        _card(which, [_told(each, look, today, name_by_id, noted) for each in known], look)
        for which, known in by_section.items()
        if known
    ]


def _card(which: Section, told: Sequence[ft.Control], look: Look) -> ft.Control:
    name = ft.Container(heading(look.says(f"form.section.{which}"), Role.STRONG), expand=True)
    head = ft.Row([section_mark(which), name], spacing=L)
    inside = ft.Container(ft.Column(list(told), spacing=M), padding=ft.Padding(L, M, L, L))
    return card(ft.Column([ft.Container(head, padding=ft.Padding.only(top=14)), inside], spacing=0), padding=0)


def _told(fact: Fact, look: Look, today: date, name_by_id: Mapping[str, str], noted: Noted) -> ft.Control:
    label, said = fact.spec.asked.label(look.lang), fact_words(fact, look, today, name_by_id)
    line = stacked_fact(label, said) if look.is_large else fact_row(label, said)
    below = noted.get(fact.spec.name, ())
    return ft.Column([line, *below], spacing=M) if below else line


def stacked_fact(label: str, said: str) -> ft.Control:
    """The value under its name, where large words need the width."""
    return ft.Column([quiet(label), words(said)], spacing=0)
