"""The one large card of 今日: where to go next, and the three things that can come of it."""

from datetime import date

import flet as ft

from field_app.actions.door import Door, LastVisit
from field_app.actions.promises import Promise
from field_app.places import Place
from field_app.screens.days import clock_words, day_words
from field_app.screens.doing import Do
from field_app.screens.fitting import text_width
from field_app.screens.look import Look
from field_app.screens.outcomes import SIGNS
from field_app.screens.parts.button import abreast, filled, sign_button, tonal
from field_app.screens.parts.surface import card
from field_app.screens.parts.swipe import swiped
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import icon, quiet, words
from field_app.screens.promise_words import promise_words
from field_app.theme.colours import DANGER, Tone
from field_app.theme.measures import RADIUS, TOUCH, XS, L, M, S
from field_app.theme.type import FACES, Role, size_of
from visit_core.picklists import FOLLOWUP_KIND, OUTCOME
from visit_core.stamp import instant

PADDING = 20
I = ft.Icons  # noqa: E741 -- signs are named often


def next_stop(stop: Promise, door: Door, today: date, do: Do, look: Look) -> ft.Control:
    """Name, number, place, last visit, and the buttons; a long press opens all outcomes, a swipe 无人在家."""

    async def more() -> None:
        await do.go(Place("quick", door.customer_id))

    async def nobody() -> None:
        await do.go(Place("not_home", door.customer_id))

    stretched = ft.CrossAxisAlignment.STRETCH
    parts = [_who(door, do, look), *_told(stop, door, today, do, look)]
    head = ft.Container(_head(stop, door, more, look), padding=ft.Padding(PADDING, S, S, 0))
    rest = ft.Container(ft.Column(parts, spacing=S, horizontal_alignment=stretched))
    rest.padding = ft.Padding(PADDING, 0, PADDING, PADDING)
    whole = card(ft.Column([head, rest], spacing=0, horizontal_alignment=stretched), 0)
    whole.on_long_press = more
    return swiped(whole, OUTCOME.label("not_home", look.lang), SIGNS["not_home"][0], nobody)


def arrival(customer_id: str, do: Do) -> dict[str, str]:
    """What a visit is begun with at the door: whose it is, and the minute."""
    return {"customer_id": customer_id, "check_in_at": instant(do.moment().now_ms)}


def _head(stop: Promise, door: Door, more: Tap, look: Look) -> ft.Row:
    at = clock_words(stop.at)
    said = look.says("today.next_at", at=at) if at else look.says("today.next")
    warned = [tag(look.says("door.do_not_visit"), DANGER)] if door.do_not_visit else []
    menu = sign_button(I.MORE_HORIZ_ROUNDED, look.says("today.more_outcomes"), more)
    return ft.Row([words(said, Role.LABEL, Tone.PRIMARY, grows=True), *warned, menu], spacing=S)


def _who(door: Door, do: Do, look: Look) -> ft.Control:
    """The name in large, and the number beside it or, where it finds no room, below."""

    async def open_customer() -> None:
        await do.go(Place("customer", door.customer_id))

    role = look.name_role(door.name, inset=2 * PADDING)
    name = words(door.name, role)
    name.max_lines, name.overflow = 2, ft.TextOverflow.ELLIPSIS
    number = quiet(door.phone, Role.BODY)
    if _is_beside(door, role, look):
        name.expand = True
        inside: ft.Control = ft.Row([name, number], spacing=M)
    else:
        inside = ft.Column([name, number], spacing=XS)
    around = ft.Padding.symmetric(vertical=max(0, TOUCH - FACES[role].line) / 2)
    tapped = ft.Container(inside, padding=around, ink=True, ink_color=Tone.PRESSED, border_radius=RADIUS)
    tapped.on_click = open_customer
    return ft.Semantics(button=True, container=True, content=tapped)


def _is_beside(door: Door, role: Role, look: Look) -> bool:
    wide = text_width(door.name, size_of(role, look.scale))
    return wide + M + text_width(door.phone, size_of(Role.BODY, look.scale)) <= look.body_width - 2 * PADDING


def _told(stop: Promise, door: Door, today: date, do: Do, look: Look) -> list[ft.Control]:
    """Where it is, what there is to know, and the buttons: where words are large, these come before what can wait."""
    where = [_line(door.address, I.PLACE_OUTLINED, Tone.INK)] if door.address else []
    known, doors = _known(stop, door, today, look), _doors(door, do, look)
    return [*where, doors, *known] if look.is_large else [*where, *known, doors]


def _known(stop: Promise, door: Door, today: date, look: Look) -> list[ft.Control]:
    """What was promised, what came of the last visit: what is not known takes no room."""
    told: list[ft.Control] = []
    promised = promise_words(stop, look)
    if promised != FOLLOWUP_KIND.label("revisit", look.lang):  # that one comes again goes without saying
        told.append(_line(promised, I.EVENT_NOTE_OUTLINED, Tone.INK))
    if door.last:
        told.append(_line(_last(door.last, today, look), I.HISTORY_ROUNDED, Tone.INK2))
    return told


def _line(said: str, sign: ft.IconData, tone: Tone) -> ft.Row:
    """A sign and two lines of words at most: the buttons below must stay on the screen."""
    shown = words(said, Role.BODY, tone, grows=True)
    shown.max_lines, shown.overflow = 2, ft.TextOverflow.ELLIPSIS
    return ft.Row([icon(sign), shown], spacing=S)


def _last(last: LastVisit, today: date, look: Look) -> str:
    outcome = OUTCOME.label(last.outcome, look.lang)
    return look.says("today.last", day=day_words(last.at, look, today), said=last.said or outcome)


def _doors(door: Door, do: Do, look: Look) -> ft.Control:
    async def arrive() -> None:
        await do.begin("visit", arrival(door.customer_id, do))

    async def nobody() -> None:
        await do.go(Place("not_home", door.customer_id))

    async def later() -> None:
        await do.go(Place("rescheduled", door.customer_id))

    labels = [OUTCOME.label(code, look.lang) for code in ("not_home", "rescheduled")]
    others = [tonal(label, what, grows=True, tall=False) for label, what in zip(labels, (nobody, later), strict=True)]
    fits = look.columns(labels, beside=2 * L, inset=2 * PADDING) >= len(others)
    first = filled(look.says("today.arrive"), arrive, sign=I.DOOR_FRONT_DOOR_OUTLINED, grows=False)
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column([first, abreast(others, stacked=not fits)], spacing=S, horizontal_alignment=stretched)
    return ft.Container(inside, padding=ft.Padding.only(top=S))
