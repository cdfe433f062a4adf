"""Whether somebody who is about to be written down is a customer already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from field_app.actions.in_mind import in_mind
from field_app.local_store import LocalStore
from field_app.pinyin import sound
from visit_core import phones
from visit_core.fields import Fields
from visit_core.rules.doors import address_key, household_key
from visit_core.rules.twins import By, Trace, alike


@dataclass(frozen=True, slots=True)
class Known:
    """A customer as far as one recognises them; the number is compared and never drawn."""

    id: str
    name: str
    phone: str  # masked
    address: str
    number: str  # digits
    door: str = ""  # the key of the address
    sound: str = ""  # the name in pinyin

    @property
    def trace(self) -> Trace:
        """What one recognises them by."""
        return Trace(self.number, self.name, self.door, self.sound)


def known_customers(store: LocalStore) -> tuple[Known, ...]:
    """All customers of this device."""
    doors = {view.id: household_key(view.fields) for view in store.find("household")}
    return tuple(_known(view.id, view.fields, doors) for view in in_mind(store, "customer"))


def twin(known: Iterable[Known], name: str, mobile: str, address: str = "") -> Known | None:
    """The likeliest of those whom the typed words may mean."""
    return next((one for _, one in twins(known, name, mobile, address)), None)


def twins(known: Iterable[Known], name: str, mobile: str, address: str = "") -> list[tuple[By, Known]]:
    """Everybody whom the typed words may mean, the likeliest first, and by what: number, name, sound, door."""
    return alike(Trace(mobile, name, address_key(address), sound(name)), known, lambda one: one.trace)


def _known(record: str, fields: Fields, doors: Mapping[str, str]) -> Known:
    number = str(fields.get("mobile") or "")
    said = {name: str(fields.get(name) or "") for name in ("name", "address_detail")}
    shown = phones.masked(number) if number else ""
    door = doors.get(str(fields.get("household_id"))) or address_key(said["address_detail"])
    return Known(record, said["name"], shown, said["address_detail"], phones.digits(number), door, sound(said["name"]))
