"""Before anything of a customer is shown: the notice, the invite, the PIN."""

import flet as ft

from field_app.screens.damaged import DAMAGED, damaged_store
from field_app.screens.entry import Entry, attempt, go, page, secret, typed, why_not
from field_app.screens.forgotten import forgotten_pin
from field_app.screens.look import Look
from field_app.screens.parts.button import filled, plain
from field_app.screens.parts.field import Caption
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.steering import Steering
from field_app.theme.measures import M
from field_app.theme.type import Role

AT_A_FIELD = ("invite", "pin", "not_alike")


@ft.component
def notice_screen(look: Look, steer: Steering) -> ft.Control:
    """What is kept of whom, said once before anything is asked."""
    points = [words(look.says(f"notice.{point}")) for point in ("what", "where", "who", "rights")]
    return page(
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
            entry.refuse("not_alike", look.says("enrol.not_alike"))
            return
        await attempt(entry, look, steer.entrance.enrol(entry.asked(), entry.pin))

    help_ = look.says("enrol.pin_help")
    return page(
        heading(look.says("enrol.title"), Role.TITLE, 1),
        quiet(look.says("enrol.below"), Role.BODY),
        *_where(entry, look),
        secret(entry, "pin", Caption(look.says("enrol.pin"), help=help_, error=entry.refusal_at("pin"))),
        secret(entry, "again", Caption(look.says("enrol.again"), error=entry.refusal_at("not_alike")), on_done=enrol),
        *why_not(entry, look.says("enrol.not_done"), AT_A_FIELD),
        go(entry, look.says("enrol.go"), look.says("app.moment"), enrol),
    )


def _where(entry: Entry, look: Look) -> list[ft.Control]:
    """The invite, or on this very machine an address and a code typed by hand."""
    turn = plain(look.says("enrol.paste" if entry.is_by_hand else "enrol.by_hand"), entry.turn)
    refused = entry.refusal_at("invite")
    if not entry.is_by_hand:
        invite = Caption(look.says("enrol.invite"), help=look.says("enrol.invite_help"), error=refused)
        return [typed(entry, "invite", invite, lines=2), turn]
    address = Caption(look.says("enrol.address"), help=look.says("enrol.address_help"), error=refused)
    return [typed(entry, "address", address), typed(entry, "code", Caption(look.says("enrol.code"))), turn]


@ft.component
def unlock_screen(look: Look, steer: Steering) -> ft.Control:
    """The PIN, under the thumb."""
    entry, _ = ft.use_state(Entry())

    async def unlock() -> None:
        await attempt(entry, look, steer.entrance.unlock(entry.pin))
        if entry.why not in DAMAGED:  # a salvage needs it once more
            entry.pin = ""

    if entry.why in DAMAGED:
        return damaged_store(entry, steer, look)
    if entry.is_forgotten:
        return forgotten_pin(entry, steer, look)
    return page(
        heading(look.says("unlock.title"), Role.TITLE, 1),
        quiet(look.says("unlock.below"), Role.BODY),
        secret(entry, "pin", Caption(look.says("unlock.pin"), error=entry.refusal), on_done=unlock, focused=True),
        go(entry, look.says("unlock.go"), look.says("app.moment"), unlock),
        plain(look.says("unlock.forgotten"), entry.turn_to_code),
    )
