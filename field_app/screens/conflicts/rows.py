"""Conflicts in a list: whose record, which field, who against whom, open ones first."""

from collections.abc import Callable
from datetime import date

import flet as ft

from field_app.actions.conflict_cards import ConflictCard
from field_app.screens.conflicts.card import card_label
from field_app.screens.days import moment_words
from field_app.screens.look import Look
from field_app.screens.parts.row import row
from field_app.screens.parts.tag import tag
from field_app.theme.colours import INFO, WAITING, Tone
from visit_core.picklists import CONFLICT_STATE


def conflict_row(
    card: ConflictCard, today: date, look: Look, open_it: Callable[[], object], *, is_chosen: bool = False
) -> ft.Control:
    """One conflict; the whole row opens it."""
    lead, tone = ft.Icons.CALL_SPLIT_ROUNDED, Tone.INFO if card.is_open else Tone.INK2
    state = tag(CONFLICT_STATE.label(card.state, look.lang), INFO if card.is_open else WAITING)
    title = "·".join((card.name, card_label(card, look)))
    body = "·".join((_people(card, look), moment_words(card.at, look, today)))
    line = row(title, body, lead=lead, tone=tone, tail=state, on_tap=open_it, is_stacked=look.is_large)
    return ft.Container(line, key=card.id, bgcolor=Tone.TINT if is_chosen else None)


def _people(card: ConflictCard, look: Look) -> str:
    """您与王主管."""
    names = [look.says("conflicts.you") if side.is_mine else side.by for side in card.sides if side.code != "base"]
    return look.says("conflicts.and").join(name for name in names if name)
