"""Before anything of a customer is shown: the notice, the invite, the PIN."""

from dataclasses import dataclass

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.button import filled, plain
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.surface import card, narrow
from field_app.screens.parts.words import heading, icon, quiet, words
from field_app.screens.steering import Steering
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, XL, L, M
from field_app.theme.type import Role
from visit_core.explain import explain
from visit_core.invite import Invite


@ft.observable
@dataclass(eq=False)
class Entry:
    """What is typed on the way in, and why it was refused."""

    invite: str = ""
    address: str = ""
    code: str = ""
    is_by_hand: bool = False
    pin: str = ""
    again: str = ""
    refusal: str = ""
    is_busy: bool = False

    def asked(self) -> Invite | str:
        """The invite as it was pasted, or what was typed instead of one."""
        return Invite(self.address.strip(), None, self.code.strip()) if self.is_by_hand else self.invite

    def turn(self) -> None:
        """The other way of saying where the server is."""
        self.is_by_hand, self.refusal = not self.is_by_hand, ""


@ft.component
def notice_screen(look: Look, steer: Steering) -> ft.Control:
    """What is kept of whom, said once before anything is asked."""
    points = [words(look.says(f"notice.{point}")) for point in ("what", "where", "who", "rights")]
    return _page(
        heading(look.says("notice.title"), Role.TITLE, 1),
        card(ft.Column(list(points), spacing=M)),
        filled(look.says("notice.go_on"), steer.entrance.has_read_notice, grows=False),
    )


@ft.component
def enrol_screen(look: Look, steer: Steering) -> ft.Control:
    """The invite pasted once, and a PIN for this device."""
    entry, _ = ft.use_state(Entry())

    async def enrol() -> None:
        if entry.pin != entry.again:
            entry.refusal = look.says("enrol.not_alike")
            return
        await _try(entry, look, steer.entrance.enrol(entry.asked(), entry.pin))

    return _page(
        heading(look.says("enrol.title"), Role.TITLE, 1),
        quiet(look.says("enrol.below"), Role.BODY),
        *_where(entry, look),
        _secret(entry, "pin", Caption(look.says("enrol.pin"), help=look.says("enrol.pin_help"))),
        _secret(entry, "again", Caption(look.says("enrol.again"), error=entry.refusal), on_done=enrol),
        _go(entry, look.says("enrol.go"), look.says("app.moment"), enrol),
    )


def _where(entry: Entry, look: Look) -> list[ft.Control]:
    """The invite, or on this very machine an address and a code typed by hand."""
    turn = plain(look.says("enrol.paste" if entry.is_by_hand else "enrol.by_hand"), entry.turn)
    if not entry.is_by_hand:
        invite = Caption(look.says("enrol.invite"), help=look.says("enrol.invite_help"))
        return [_typed(entry, "invite", invite, lines=2), turn]
    address = Caption(look.says("enrol.address"), help=look.says("enrol.address_help"))
    return [_typed(entry, "address", address), _typed(entry, "code", Caption(look.says("enrol.code"))), turn]


@ft.component
def unlock_screen(look: Look, steer: Steering) -> ft.Control:
    """The PIN, under the thumb."""
    entry, _ = ft.use_state(Entry())

    async def unlock() -> None:
        await _try(entry, look, steer.entrance.unlock(entry.pin))
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


def _typed(entry: Entry, name: str, caption: Caption, *, lines: int = 1) -> ft.Control:
    box = ft.TextField(value=getattr(entry, name), on_change=lambda e: setattr(entry, name, e.control.value))
    if lines > 1:
        box.multiline, box.min_lines, box.max_lines = True, lines, 4
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
