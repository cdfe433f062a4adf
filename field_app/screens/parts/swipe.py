"""A card that can be pushed aside: the quick way to one thing that has a button too."""

import flet as ft

from field_app.screens.parts.heard import settled
from field_app.screens.parts.words import Do, icon, words
from field_app.theme.colours import WAITING
from field_app.theme.measures import CARD_RADIUS, QUICK_MS, XL, S
from field_app.theme.type import Role

FAR_ENOUGH = 0.3  # of the card's width: less is a scroll that went astray


def swiped(content: ft.Control, label: str, sign: ft.IconData, on_swipe: Do) -> ft.Dismissible:
    """A card that comes back by itself; `label` shows under it what a swipe to either side does."""
    left, right = ft.MainAxisAlignment.START, ft.MainAxisAlignment.END
    card = ft.Dismissible(
        content, background=_under(label, sign, left), secondary_background=_under(label, sign, right)
    )
    sides = (ft.DismissDirection.START_TO_END, ft.DismissDirection.END_TO_START)
    card.dismiss_thresholds = dict.fromkeys(sides, FAR_ENOUGH)
    card.movement_duration = ft.Duration(milliseconds=QUICK_MS)

    async def pushed(event: ft.DismissibleDismissEvent) -> None:
        await event.control.confirm_dismiss(False)
        await settled(on_swipe())

    card.on_confirm_dismiss = pushed
    return card


def _under(label: str, sign: ft.IconData, side: ft.MainAxisAlignment) -> ft.Container:
    line = ft.Row([icon(sign, WAITING.tone), words(label, Role.STRONG, WAITING.tone)], spacing=S, alignment=side)
    padding = ft.Padding.symmetric(horizontal=XL)
    return ft.Container(line, padding=padding, bgcolor=WAITING.ground, border_radius=CARD_RADIUS)
