"""Customers who may be here twice: with the same whole number, or the same name at the same door."""

from collections.abc import Iterator

from field_app.actions.cleaning.finding import Finding, Register
from visit_core.fields import Fields

FIELD = {"number": "mobile", "name_and_door": "address_detail"}


def found(id: str, _fields: Fields, register: Register) -> Iterator[Finding]:
    """Whom it may be, by what; who is right a person must say."""
    alike = register.alike.get(id)
    if alike:
        by, name = alike
        yield Finding(FIELD[by], why=f"double.{by}", facts={"name": name})
