"""Before anything of a customer is shown: the notice, the invite, the PIN."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.button import filled
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.surface import card, narrow
from field_app.screens.parts.words import heading, icon, quiet, words
from field_app.screens.steering import Steering
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, XL, L, M
from field_app.theme.type import Role
from visit_core.explain import explain


@ft.observable
@dataclass(eq=False)
class Entry:
    """What is typed on the way in, and why it was refused."""

    invite: str = ""
    pin: str = ""
    again: str = ""
    refusal: str = ""
    is_busy: bool = False


@ft.component
def notice_screen(look: Look, steer: Steering) -> ft.Control:
    """What is kept of whom, said once before anything is asked."""
    points = [words(look.says(f"notice.{point}")) for point in ("what", "where", "who", "rights")]
    return _page(
        heading(look.says("notice.title"), Role.TITLE, 1),
        card(ft.Column(list(points), spacing=M)),
        filled(look.says("notice.go_on"), steer.has_read_notice, grows=False),
    )


@ft.component
def enrol_screen(look: Look, steer: Steering) -> ft.Control:
    """The invite pasted once, and a PIN for this device."""
    entry, _ = ft.use_state(Entry())

    async def enrol() -> None:
        if entry.pin != entry.again:
            entry.refusal = look.says("enrol.not_alike")
            return
        await _try(entry, look, steer.enrol(entry.invite, entry.pin))

    return _page(
        heading(look.says("enrol.title"), Role.TITLE, 1),
        quiet(look.says("enrol.below"), Role.BODY),
        _typed(entry, "invite", Caption(look.says("enrol.invite"), help=look.says("enrol.invite_help"))),
        _secret(entry, "pin", Caption(look.says("enrol.pin"), help=look.says("enrol.pin_help"))),
        _secret(entry, "again", Caption(look.says("enrol.again"), error=entry.refusal), on_done=enrol),
        _go(entry, look.says("enrol.go"), look.says("app.moment"), enrol),
    )


@ft.component
def unlock_screen(look: Look, steer: Steering) -> ft.Control:
    """The PIN, under the thumb."""
    entry, _ = ft.use_state(Entry())

    async def unlock() -> None:
        await _try(entry, look, steer.unlock(entry.pin))
        entry.pin = ""

    return _page(
        heading(look.says("unlock.title"), Role.TITLE, 1),
        quiet(look.says("unlock.below"), Role.BODY),
        _secret(entry, "pin", Caption(look.says("unlock.pin"), error=entry.refusal), on_done=unlock, focused=True),
        _go(entry, look.says("unlock.go"), look.says("app.moment"), unlock),
    )


async def _try(entry: Entry, look: Look, attempt: object) -> None:
    """Await the attempt; a refusal becomes a sentence under the field."""
    entry.is_busy, entry.refusal = True, ""
    refused = await attempt  # type: ignore[misc]
    entry.is_busy = False
    if refused is not None:
        entry.refusal = explain(refused, look.lang)


def _page(*parts: ft.Control) -> ft.Control:
    mark = ft.Container(icon(ft.Icons.DOOR_FRONT_DOOR_OUTLINED, Tone.PRIMARY, 44), alignment=ft.Alignment.CENTER_LEFT)
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column([mark, *parts], spacing=L, horizontal_alignment=stretched)
    held = ft.Container(narrow(inside), padding=ft.Padding(MARGIN, 2 * XL, MARGIN, XL))
    return ft.ListView([held], expand=True)


def _typed(entry: Entry, name: str, caption: Caption) -> ft.Control:
    box = ft.TextField(value=getattr(entry, name), on_change=lambda e: setattr(entry, name, e.control.value))
    box.multiline, box.min_lines, box.max_lines = True, 2, 4
    return field_box(caption, box)


def _secret(entry: Entry, name: str, caption: Caption, *, on_done: object = None, focused: bool = False) -> ft.Control:
    box = ft.TextField(
        value=getattr(entry, name),
        password=True,
        can_reveal_password=True,
        autofocus=focused,
        keyboard_type=ft.KeyboardType.VISIBLE_PASSWORD,
        on_change=lambda e: setattr(entry, name, e.control.value),
        on_submit=on_done,  # type: ignore[arg-type]
    )
    return field_box(caption, box)


def _go(entry: Entry, label: str, busy: str, on_tap: object) -> ft.Control:
    return filled(busy if entry.is_busy else label, None if entry.is_busy else on_tap, grows=False)  # type: ignore[arg-type]
