"""Fields that the customer's own form must have, and that nobody has filled in."""

from collections.abc import Iterator

from field_app.actions.cleaning.finding import KIND, Finding, Register
from visit_core.fields import Fields
from visit_core.rules.profile import profile


def found(_id: str, fields: Fields, register: Register) -> Iterator[Finding]:
    """Each of them."""
    yield from (Finding(name, why="missing") for name in profile(KIND, fields, register.asked_of(fields)).missing)
