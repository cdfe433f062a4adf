"""＋ in the middle of the places: what a person of that role begins most often."""

from field_app.places import NEW_VISIT
from field_app.screens.look import Look
from field_app.screens.parts.words import Do as Tap
from field_app.screens.steering import Steering

ADMIN = "admin"  # visits nobody: adds fields


def beginning(role: str, steer: Steering, look: Look) -> tuple[str, Tap]:
    """What it is called, and what a tap does."""

    async def visit() -> None:
        await steer.go(NEW_VISIT)

    async def add_field() -> None:
        await steer.begin("custom_field", {"entity": "customer"})

    return (look.says("nav.add_field"), add_field) if role == ADMIN else (look.says("nav.visit"), visit)
