"""What can be written down about a customer besides a visit."""

import flet as ft

from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.equals import Way, equals
from field_app.screens.parts.words import Do as Tap

KINDS = {
    "contact_record": ft.Icons.ADD_IC_CALL_OUTLINED,
    "purchase": ft.Icons.ADD_SHOPPING_CART_ROUNDED,
    "followup": ft.Icons.ADD_ALERT_OUTLINED,
}


def adding(customer: str, do: Do, look: Look) -> ft.Control:
    """A contact, a purchase, a promise: three buttons that are equals."""
    return equals(
        [Way(look.says(f"adding.{kind}"), sign, _begin(kind, customer, do)) for kind, sign in KINDS.items()], look
    )


def _begin(kind: str, customer: str, do: Do) -> Tap:
    async def begin() -> None:
        await do.begin(kind, {"customer_id": customer})

    return begin
