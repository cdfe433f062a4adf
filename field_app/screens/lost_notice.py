"""What a sync has just overruled: whose record, which field, one's own value and the one that stands."""

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.button import plain, sign_button
from field_app.screens.parts.words import icon, quiet, words
from field_app.screens.register_words import register_label, register_words
from field_app.screens.steering import Steering
from field_app.state import Lost
from field_app.theme.colours import INFO
from field_app.theme.measures import CARD_RADIUS, XS, M, S
from field_app.theme.type import Role


def lost_notice(lost: Lost, steer: Steering, look: Look) -> ft.Control:
    """It stays until it is closed or opened, and takes the cursor from nobody."""

    async def close() -> None:
        await steer.overruled.see(opened=False)

    async def see() -> None:
        await steer.overruled.see(opened=True)

    closes = sign_button(ft.Icons.CLOSE_ROUNDED, look.says("lost.close"), close)
    title = words(look.says("today.lost"), Role.LABEL, INFO.tone, grows=True)
    head = ft.Row([icon(ft.Icons.CALL_SPLIT_ROUNDED, INFO.tone), title, closes], spacing=S)
    sees = plain(look.says("lost.see"), see)
    more = quiet(look.says("lost.more", count=lost.more) if lost.more else "", grows=True)
    inside = ft.Column([head, *_told(lost, steer, look), ft.Row([more, sees])], spacing=XS)
    padding = ft.Padding(M, 0, XS, 0)
    ground = ft.Container(inside, padding=padding, bgcolor=INFO.ground, border_radius=CARD_RADIUS)
    ground.border = ft.Border.all(1, INFO.tone)
    return ft.Semantics(container=True, live_region=True, content=ground)


def _told(lost: Lost, steer: Steering, look: Look) -> list[ft.Control]:
    """张三·联系电话, and the two values with whose they are."""
    card, today = lost.card, steer.moment().today
    of = "·".join(part for part in (card.name, register_label(card.kind, card.field, look, card.own)) if part)
    mine, theirs = (
        register_words(card.kind, card.field, card.side(code).value, look, today, own=card.own)
        for code in ("loser", "winner")
    )
    by = card.side("winner").by or look.says("lost.another")
    values = words(look.says("lost.values", mine=mine, theirs=theirs, name=by), Role.SECOND)
    values.max_lines, values.overflow = 4, ft.TextOverflow.ELLIPSIS
    return [words(of, Role.STRONG), ft.Container(values, padding=ft.Padding.only(right=M))]
