"""Three values of one field, of which one is in use: three rows on a phone, three columns at a desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

import flet as ft

from field_app.screens.parts.heard import heard
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import icon, quiet
from field_app.theme.colours import SUCCESS, Tone
from field_app.theme.measures import CARD_RADIUS, CHOSEN_EDGE, XS, L, M
from field_app.theme.type import Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value somebody gave: whose it is, what it says, when, on which device, and whether the clock is trusted."""

    code: str  # base, yours, theirs
    whose: str
    value: str
    origin: str
    is_in_use: bool = False


def candidates(
    offered: Sequence[Candidate], chosen: str, in_use: str, on_choose: Callable[[str], object], *, abreast: bool
) -> ft.Control:
    """The values to choose from; what differs from the first is bold and coloured."""
    base = offered[0].value
    cards: list[ft.Control] = [_candidate(each, base, each.code == chosen, in_use, on_choose) for each in offered]
    if not abreast:
        return ft.Column(cards, spacing=M)
    for each in cards:
        each.expand = True
    return ft.Row(cards, spacing=M, intrinsic_height=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)


def differing(base: str, value: str) -> tuple[str, str, str]:
    """A value in three pieces: as in the base, what differs, as in the base again."""
    front = _alike(base, value)
    back = min(_alike(base[::-1], value[::-1]), min(len(base), len(value)) - front)
    end = len(value) - back
    return value[:front], value[front:end], value[end:]


def _alike(one: str, other: str) -> int:
    """How many characters two texts share from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _candidate(
    given: Candidate, base: str, is_chosen: bool, in_use: str, on_choose: Callable[[str], object]
) -> ft.Control:
    sign = ft.Icons.RADIO_BUTTON_CHECKED_ROUNDED if is_chosen else ft.Icons.RADIO_BUTTON_UNCHECKED_ROUNDED
    used = [tag(in_use, SUCCESS, ft.Icons.CHECK_ROUNDED)] if given.is_in_use else []
    head = ft.Row([quiet(given.whose, Role.LABEL, grows=True), *used])
    said = ft.Column([head, _value(base, given.value), quiet(given.origin)], spacing=XS, expand=True, tight=True)
    mark = icon(sign, Tone.PRIMARY if is_chosen else Tone.EDGE)
    line = ft.Row([mark, said], spacing=M, vertical_alignment=ft.CrossAxisAlignment.START)
    edge = ft.Border.all(CHOSEN_EDGE, Tone.PRIMARY if is_chosen else Tone.CARD)
    tapped = ft.Container(line, padding=L, bgcolor=Tone.CARD, border_radius=CARD_RADIUS, border=edge, ink=True)
    tapped.on_click = heard(on_choose, given.code)
    return ft.Semantics(button=True, container=True, selected=is_chosen, content=tapped)


def _value(base: str, value: str) -> ft.Text:
    front, changed, back = differing(base, value)
    marked = ft.TextStyle(weight=ft.FontWeight.W_700, color=Tone.INFO)
    spans = [ft.TextSpan(front), ft.TextSpan(changed, marked), ft.TextSpan(back)]
    return ft.Text(spans=spans, theme_style=ft.TextThemeStyle(Role.BODY.value), color=Tone.INK)
