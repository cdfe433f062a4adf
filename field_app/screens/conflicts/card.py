"""A conflict as a card: three values, which one stands, and the button that puts another in its place."""

from collections.abc import Awaitable, Callable
from datetime import date

import flet as ft

from field_app.actions.conflict_cards import ConflictCard, SideRead
from field_app.actions.conflicts import restore_value, see
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, tonal
from field_app.screens.parts.surface import page_body
from field_app.screens.parts.values import Candidate, candidates
from field_app.screens.parts.words import heading, icon, quiet, words
from field_app.screens.register_words import register_label, register_words
from field_app.theme.colours import INFO, Tone
from field_app.theme.measures import RADIUS, XS, L, M, S
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.overruled import Side

ABREAST_UNTIL = 1.3  # larger words need the width of a row each
Choose = Callable[[str], object]
Done = Callable[[ConflictCard], Awaitable[None]]
"""What follows when somebody has looked at a conflict and leaves it as it is."""


@ft.component
def conflict_card(card: ConflictCard, today: date, do: Do, look: Look, done: Done) -> ft.Control:
    """The whole card over its buttons; at a desk the values stand side by side."""
    chosen, choose = ft.use_state(chosen_at_first(card))
    body = card_body(card, chosen, today, look, choose, abreast=look.is_desk and look.scale <= ABREAST_UNTIL)
    buttons = card_buttons(card, chosen, do, look, done)
    if look.is_desk:
        for button in buttons:
            button.expand = None
        return page_body(ft.Container(height=S), *body, ft.Row([*buttons], spacing=M), gap=L)
    return ft.Column([page_body(*body, gap=L), *([bottom_bar(*buttons)] if buttons else [])], spacing=0, expand=True)


def card_body(
    card: ConflictCard, chosen: str, today: date, look: Look, choose: Choose, *, abreast: bool
) -> list[ft.Control]:
    """What happened in a sentence, and the three values."""
    label = card_label(card, look)
    what = "conflicts.of_deletion" if card.rule == "delete" else "conflicts.of"
    title = heading(look.says(what, name=card.name, field=label), Role.TITLE, 1)
    said = quiet(look.says(f"conflicts.rule.{card.rule}"), Role.BODY)
    offered = [_candidate(card, side, today, look) for side in card.sides]
    values = candidates(offered, chosen, look.says("conflicts.in_use"), choose, abreast=abreast)
    return [ft.Column([title, said], spacing=XS), values, *_remarks(card, look)]


def card_buttons(card: ConflictCard, chosen: str, do: Do, look: Look, done: Done) -> list[ft.FilledButton]:
    """知道了 while nobody has looked at it, and 改用这个 where a value may be put in use."""

    async def acknowledge() -> None:
        answer = await do.act(lambda store: see(store, card.id), look.says("conflicts.said.seen"))
        if not isinstance(answer, VisitError):
            await done(card)

    async def use() -> None:
        side = card.side(chosen).code
        await do.act(lambda store: restore_value(store, card.id, side), look.says("conflicts.said.used"))

    is_usable = card.side(chosen).is_usable
    seen = [tonal(look.says("conflicts.see"), acknowledge)] if card.is_open else []
    may_use = any(side.is_usable for side in card.sides)
    return [*seen, *([filled(look.says("conflicts.use"), use if is_usable else None)] if may_use else [])]


def chosen_at_first(card: ConflictCard) -> Side:
    """The overruled value, if it is not the one in use; that is why people come here."""
    usable = [side.code for side in card.sides if side.is_usable]
    stands = [side.code for side in card.sides if side.is_in_use]
    return "loser" if "loser" in usable else next(iter([*stands, *usable]), "winner")


def _candidate(card: ConflictCard, side: SideRead, today: date, look: Look) -> Candidate:
    value = _value(card, side, today, look)
    return Candidate(side.code, _whose(side, look), value, _origin(side, today, look), side.is_in_use)


def card_label(card: ConflictCard, look: Look) -> str:
    """The field, or all of those that are set together."""
    each = (register_label(one.kind, one.field, look, one.own) for one in (card, *card.others))
    return look.says("value.comma").join(each)


def _value(card: ConflictCard, side: SideRead, today: date, look: Look) -> str:
    """A value in words; of fields that are set together each under its name, but those where nothing stands."""
    if not card.others:
        return register_words(card.kind, card.field, side.value, look, today, own=card.own)
    told = [
        (register_label(one.kind, one.field, look), register_words(one.kind, one.field, value, look, today))
        for one in (card, *card.others)
        if (value := one.side(side.code).value) not in (None, "")
    ]
    each = [look.says("value.edited", label=label, value=said) for label, said in told]
    return look.says("value.semicolon").join(each) or look.says("value.none")


def _whose(side: SideRead, look: Look) -> str:
    if side.code == "base":
        return look.says("conflicts.base")
    if side.is_mine:
        return look.says("conflicts.yours")
    return look.says("conflicts.by", name=side.by) if side.by else look.says("conflicts.theirs")


def _origin(side: SideRead, today: date, look: Look) -> str:
    if side.code == "base":
        return look.says("conflicts.before")
    device = look.says("conflicts.this_device" if side.is_this_device else "conflicts.other_device")
    return "·".join((moment_words(side.at, look, today), device))


def _remarks(card: ConflictCard, look: Look) -> list[ft.Control]:
    """What else there is to know: that it cannot be exchanged, that it was dealt with, that it changed once more."""
    keys = [
        "conflicts.fixed" if card.is_fixed else "",
        f"conflicts.state.{card.state}" if not card.is_open else "",
        "" if any(side.is_in_use for side in card.sides) else "conflicts.changed_again",
    ]
    return [_remark(look.says(key)) for key in keys if key]


def _remark(said: str) -> ft.Control:
    line = ft.Row([icon(ft.Icons.INFO_OUTLINE_ROUNDED, INFO.tone), words(said, Role.SECOND, Tone.INK, grows=True)])
    line.spacing = S
    padding = ft.Padding.symmetric(horizontal=L, vertical=M)
    return ft.Container(line, padding=padding, bgcolor=INFO.ground, border_radius=RADIUS)
