"""The PIN is forgotten: an admin's one-time code lets a new one open the same store."""

import flet as ft

from field_app.screens.entry import Entry, attempt, go, page, secret, typed
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.field import Caption
from field_app.screens.parts.notice import banner
from field_app.screens.parts.words import heading, quiet
from field_app.screens.steering import Steering
from field_app.theme.colours import DANGER
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.explain import explain

AT_A_FIELD = ("not_valid", "not_alike")


def forgotten_pin(entry: Entry, steer: Steering, look: Look) -> ft.Control:
    """The code and the new PIN twice; a PIN that is refused is said so at its field, all else below them."""

    async def recover() -> None:
        if entry.pin != entry.again:
            entry.refuse("not_alike", look.says("enrol.not_alike"))
            return
        await attempt(entry, look, steer.entrance.recover(entry.code, entry.pin), _said)

    help_, weak = look.says("enrol.pin_help"), entry.refusal_at("not_valid")
    again = Caption(look.says("forgotten.again"), error=entry.refusal_at("not_alike"))
    return page(
        heading(look.says("unlock.forgotten"), Role.TITLE, 1),
        quiet(look.says("forgotten.below"), Role.BODY),
        typed(entry, "code", Caption(look.says("forgotten.code"))),
        secret(entry, "pin", Caption(look.says("forgotten.pin"), help=help_, error=weak)),
        secret(entry, "again", again, on_done=recover),
        *_why_not(entry, look),
        go(entry, look.says("forgotten.go"), look.says("app.moment"), recover),
        plain(look.says("forgotten.back"), entry.turn_to_code),
    )


def _why_not(entry: Entry, look: Look) -> list[ft.Control]:
    """What is too long for the foot of a field, or is mended elsewhere than in one."""
    if not entry.refusal or entry.why in AT_A_FIELD:
        return []
    sign = ft.Icons.CLOUD_OFF_OUTLINED if entry.why == "unreachable" else ft.Icons.ERROR_OUTLINE
    return [banner(look.says("forgotten.not_done"), entry.refusal, sign, DANGER)]


def _said(refused: VisitError, look: Look) -> str:
    """Of a code and a network this screen can say more than the usual sentence does."""
    if refused.code in ("code_refused", "unreachable"):
        return look.says(f"forgotten.{refused.code}")
    return explain(refused, look.lang)
