"""The PIN is forgotten: an admin's one-time code lets a new one open the same store."""

import flet as ft

from field_app.screens.entry import Entry, attempt, go, page, secret, typed, why_not
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.field import Caption
from field_app.screens.parts.words import heading, quiet
from field_app.screens.steering import Steering
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.explain import explain

AT_A_FIELD = ("pin", "not_alike")


def forgotten_pin(entry: Entry, steer: Steering, look: Look) -> ft.Control:
    """The code and the new PIN twice; a PIN that is refused is said so at its field, all else below them."""

    async def recover() -> None:
        if entry.pin != entry.again:
            entry.refuse("not_alike", look.says("enrol.not_alike"))
            return
        await attempt(entry, look, steer.entrance.recover(entry.code, entry.pin), _said)

    help_, weak = look.says("enrol.pin_help"), entry.refusal_at("pin")
    again = Caption(look.says("forgotten.again"), error=entry.refusal_at("not_alike"))
    return page(
        heading(look.says("unlock.forgotten"), Role.TITLE, 1),
        quiet(look.says("forgotten.below"), Role.BODY),
        typed(entry, "code", Caption(look.says("forgotten.code"))),
        secret(entry, "pin", Caption(look.says("forgotten.pin"), help=help_, error=weak)),
        secret(entry, "again", again, on_done=recover),
        *why_not(entry, look.says("forgotten.not_done"), AT_A_FIELD),
        go(entry, look.says("forgotten.go"), look.says("app.moment"), recover),
        plain(look.says("forgotten.back"), entry.turn_to_code),
    )


def _said(refused: VisitError, look: Look) -> str:
    """Of a code and a network this screen can say more than the usual sentence does."""
    if refused.code in ("code_refused", "unreachable"):
        return look.says(f"forgotten.{refused.code}")
    return explain(refused, look.lang)
