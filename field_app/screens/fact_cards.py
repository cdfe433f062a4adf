"""All that is known of a record as cards, one for each section, with what somebody noted under its field."""

from collections.abc import Mapping, Sequence
from datetime import date

import flet as ft

from field_app.actions.facts import Fact
from field_app.screens.eyes import Eyes, masked_line
from field_app.screens.fact_words import fact_words
from field_app.screens.field_past import Recalling
from field_app.screens.form import SECTIONS
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.row import fact as fact_row
from field_app.screens.parts.section import section_mark
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import heading, icon, quiet, words
from field_app.screens.register_words import value_words
from field_app.theme.colours import Tone
from field_app.theme.measures import XS, L, M
from field_app.theme.type import Role
from visit_core.fields import Section
from visit_core.masks import SHOWN_ON_REQUEST

Noted = Mapping[str, Sequence[ft.Control]]
NOBODY: Mapping[str, str] = {}
NOTHING: Noted = {}


def fact_cards(
    facts: Sequence[Fact],
    look: Look,
    today: date,
    name_by_id: Mapping[str, str] = NOBODY,
    *,
    noted: Noted = NOTHING,
    eyes: Eyes | None = None,
    recalling: Recalling | None = None,
) -> list[ft.Control]:
    """A card for every section of which something is known.

    `noted` is what stands under a field; with `eyes` what stands masked can be shown in full, with `recalling` a
    long press or a right click tells of a field's past.
    """

    def told(fact: Fact) -> ft.Control:
        said = fact_words(fact, look, today, name_by_id)
        line = _told(fact, _value(fact, said, eyes, look), noted.get(fact.spec.name, ()), look)
        return _with_past(line, fact, recalling, look) if recalling else line

    by_section = {which: [each for each in facts if each.section == which] for which in SECTIONS}
    return [_card(which, [told(each) for each in known], look) for which, known in by_section.items() if known]


def _card(which: Section, told: Sequence[ft.Control], look: Look) -> ft.Control:
    name = ft.Container(heading(look.says(f"form.section.{which}"), Role.STRONG), expand=True)
    head = ft.Row([section_mark(which), name], spacing=L)
    inside = ft.Container(ft.Column(list(told), spacing=M), padding=ft.Padding(L, M, L, L))
    return card(ft.Column([ft.Container(head, padding=ft.Padding.only(top=14)), inside], spacing=0), padding=0)


def _value(fact: Fact, said: str, eyes: Eyes | None, look: Look) -> ft.Control:
    if eyes is None or fact.spec.asked.masked not in SHOWN_ON_REQUEST:
        return words(said)
    is_secret, today = fact.spec.asked.masked == "secret", eyes.do.moment().today
    full = value_words(fact.spec, fact.value, look, today) if is_secret else ""
    return masked_line((fact.spec.name, fact.spec.asked.label(look.lang)), said, eyes, look, full=full)


def _told(fact: Fact, value: ft.Control, below: Sequence[ft.Control], look: Look) -> ft.Control:
    label = fact.spec.asked.label(look.lang)
    line = fact_row(label, value, is_stacked=look.is_large)
    if fact.locked_to:
        line = ft.Column([line, _lock(fact, look)], spacing=XS)
    return ft.Column([line, *below], spacing=M) if below else line


def _lock(fact: Fact, look: Look) -> ft.Control:
    """Why it cannot be edited, and by whom it can."""
    sign = icon(ft.Icons.LOCK_OUTLINE_ROUNDED, Tone.INK2, 16)
    said = quiet(look.says(f"fact.locked.{fact.locked_to}"), grows=True)
    return ft.Row([sign, said], spacing=XS)


def _with_past(line: ft.Control, fact: Fact, recalling: Recalling, look: Look) -> ft.Control:
    """The line, which tells of the field's past when it is pressed long; at a desk it has a sign of its own."""
    label = look.says("past.open", field=fact.spec.asked.label(look.lang))

    async def begin() -> None:
        await recalling.begin(fact.spec.name)

    if recalling.by_mouse:
        line.expand = True
        sign = sign_button(ft.Icons.HISTORY_ROUNDED, label, begin, size=18)
        line = ft.Row([line, sign], spacing=0, vertical_alignment=ft.CrossAxisAlignment.CENTER)
    pressed = ft.GestureDetector(line, on_long_press=begin, on_secondary_tap=begin)
    return ft.Semantics(on_long_press=begin, on_long_press_hint_text=label, content=pressed)
