"""What can be written down about a customer besides a visit."""

import flet as ft

from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import abreast, soft
from field_app.screens.parts.words import Do as Tap
from field_app.theme.measures import XS

KINDS = {
    "contact_record": ft.Icons.ADD_IC_CALL_OUTLINED,
    "purchase": ft.Icons.ADD_SHOPPING_CART_ROUNDED,
    "followup": ft.Icons.ADD_ALERT_OUTLINED,
}


def adding(customer: str, do: Do, look: Look) -> ft.Control:
    """A contact, a purchase, a promise: three buttons that are equals."""
    labels = [look.says(f"adding.{kind}") for kind in KINDS]
    buttons = [
        soft(label, _begin(kind, customer, do), sign=KINDS[kind]) for kind, label in zip(KINDS, labels, strict=True)
    ]
    return abreast(buttons, stacked=look.columns(labels, beside=20 + 8 + 2 * XS) < len(labels))


def _begin(kind: str, customer: str, do: Do) -> Tap:
    async def begin() -> None:
        await do.begin(kind, {"customer_id": customer})

    return begin
