"""An exact place that a phone may not keep is not kept here either: it is left out, and nothing else of the change.

A phone that had not heard of a no sends the place all the same. What was allowed when it was written down, or is
allowed now, stays: so a phone that knew of everything is never contradicted.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from sync_server.kept import Key
from sync_server.merging import Merging
from sync_server.sent import Sent
from visit_core.change import Change, Registers
from visit_core.errors import NotValid
from visit_core.rules.wanted_places import PLACES, lives_by, may_keep, place_allowed
from visit_core.stamp import Stamp, instant

NO_PLACES: frozenset[str] = frozenset()
ABOUT = ("customer_id", "household_id")
_NEVER_ASKED = place_allowed(())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a change may be kept, and the sentence on what was left out, if anything was."""

    registers: Registers
    left_out: NotValid | None = None

    def of(self, change: Change) -> Change:
        """The change without what was left out of it."""
        return change.model_copy(update={"fields": {n: v for n, v in change.fields.items() if n in self.registers}})

    def said(self, payload: str) -> str:
        """The change as it is kept in the log: what must not be kept stands there neither."""
        if self.left_out is None:
            return payload
        change = json.loads(payload)
        unwanted = PLACES[change["kind"]]
        fields = {name: value for name, value in change["fields"].items() if name not in unwanted}
        return json.dumps({**change, "fields": fields})


def asked_about(changes: Iterable[Sent]) -> Iterator[str]:
    """The customers whose consent is going to be looked up, as far as the changes name them."""
    for sent in changes:
        kind, id = sent.key or ("", "")
        if not PLACES.get(kind, NO_PLACES).isdisjoint(sent.fields):
            customer = id if kind == "customer" else sent.fields.get("customer_id")
            if customer and isinstance(customer, str):
                yield customer


def is_wanted_of(merging: Merging, kind: str, customer: JsonValue) -> bool:
    """Whether a new record of that kind may say where it was, since its customer has said nothing at all."""
    nobody_said = kind == "visit" and isinstance(customer, str) and customer != ""
    return nobody_said and not merging.about(str(customer), "consent")


def wanted(merging: Merging, key: Key, registers: Registers, stamp: Stamp) -> Wanted:
    """The registers without a place that the customer did not allow; where nothing is left, what stands stays."""
    unwanted = PLACES.get(key[0], NO_PLACES) & registers.keys()
    said = sorted(name for name in unwanted if registers[name] is not None)
    if not said or _may_keep(merging, key, registers, instant(stamp.wall_ms)):
        return Wanted(registers)
    cells = merging.cells(key)
    kept = {name: value for name, value in registers.items() if name not in unwanted}
    stays: Registers = {name: cells[name].value if name in cells else None for name in unwanted}
    return Wanted(kept or stays, NotValid("place_left_out", field="lat" if "lat" in said else said[0]))


def refuse_unwanted_place(merging: Merging, key: Key, registers: Registers) -> None:
    """NotValid where a value that somebody lets stand again says where a customer lives who did not allow that."""
    said = sorted(name for name in PLACES.get(key[0], ()) if registers.get(name) is not None)
    if said and not _may_keep(merging, key, registers, instant(merging.server_ms)):
        raise NotValid("no_place_consent", field="lat" if "lat" in said else said[0])


def _may_keep(merging: Merging, key: Key, registers: Registers, at: str) -> bool:
    """By what they had said by then, or by all that they ever said."""
    said = [merging.about(customer, "consent") for customer in _customers(merging, key, registers)]
    if not any(said):
        return may_keep(key[0], [_NEVER_ASKED])
    before = [[one for one in each if str(one.get("given_at")) <= at] for each in said]
    return any(may_keep(key[0], [place_allowed(each) for each in known]) for known in (before, said))


def _customers(merging: Merging, key: Key, registers: Registers) -> list[str]:
    standing = {name: cell.value for name, cell in merging.cells(key).items() if name in ABOUT}
    given = {name: registers.get(name) for name in ABOUT}
    customer, door = lives_by(*key, {name: standing.get(name) or given[name] for name in ABOUT})
    return merging.living_at(door) if door else [customer]
