"""Whether somebody who is about to be written down is a customer already."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from field_app.local_store import LocalStore
from visit_core import phones
from visit_core.fields import Fields

DIGITS_ENOUGH = 7  # three of the network and four of the place: fewer fit too many people


@dataclass(frozen=True, slots=True)
class Known:
    """A customer as far as one recognises them; the number is compared and never drawn."""

    id: str
    name: str
    phone: str  # masked
    address: str
    number: str  # digits


def known_customers(store: LocalStore) -> tuple[Known, ...]:
    """All customers of this device."""
    return tuple(_known(view.id, view.fields) for view in store.find("customer"))


def twin(known: Iterable[Known], name: str, mobile: str) -> Known | None:
    """The first whose number begins with what was typed, or who is called exactly so."""
    digits, called = re.sub(r"[^0-9]", "", phones.digits(mobile)), name.strip()
    return next((each for each in known if _is_alike(each, called, digits)), None)


def _is_alike(known: Known, name: str, digits: str) -> bool:
    if len(digits) >= DIGITS_ENOUGH:
        return known.number.startswith(digits)
    return bool(name) and known.name == name


def _known(record: str, fields: Fields) -> Known:
    number = str(fields.get("mobile") or "")
    said = {name: str(fields.get(name) or "") for name in ("name", "address_detail")}
    shown = phones.masked(number) if number else ""
    return Known(record, said["name"], shown, said["address_detail"], phones.digits(number))
