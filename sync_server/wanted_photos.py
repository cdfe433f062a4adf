"""A photograph of a customer who does not want any is refused, record and bytes, whatever device sends it.

What was allowed when it was made, or is allowed now, is taken: a phone that knew of everything is never contradicted.
"""

from collections.abc import Iterable, Iterator, Mapping, Set

from pydantic import JsonValue

from sync_server.kept import Key
from sync_server.merging import Merging
from sync_server.sent import Sent
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.rules.wanted_photos import may_keep_photos
from visit_core.stamp import Stamp, instant

KIND = "attachment"
WHOSE: Set[str] = frozenset({"customer_id", "visit_id"})
"""Written once: whoever sets one of them says whose photograph it is."""


def visits_of_photos(changes: Iterable[Sent]) -> Iterator[Key]:
    """The visits that tell whose photographs come, where their own records do not."""
    for fields in _told_whose(changes):
        visit = fields.get("visit_id")
        if isinstance(visit, str) and not fields.get("customer_id"):
            yield "visit", visit


def photographed(changes: Iterable[Sent]) -> Iterator[str]:
    """The customers whose consent is going to be looked up, as far as the changes name them."""
    for fields in _told_whose(changes):
        customer = fields.get("customer_id")
        if customer and isinstance(customer, str):
            yield customer


def is_photo_of_silent(merging: Merging, fields: Mapping[str, JsonValue]) -> bool:
    """Whether a new photograph names its customer, who has said nothing at all."""
    customer = fields.get("customer_id")
    return isinstance(customer, str) and customer != "" and not merging.about(customer, "consent")


def refuse_unwanted_photo(merging: Merging, key: Key, registers: Registers, stamp: Stamp) -> None:
    """NotValid for a photograph of somebody who had said no when it was made, and has not allowed it since."""
    if key[0] != KIND or WHOSE.isdisjoint(registers) or _kind_of(merging, key, registers) != "photo":
        return
    customer = _customer_of(merging, registers)
    said, at = merging.about(customer, "consent") if customer else [], instant(stamp.wall_ms)
    before = [one for one in said if str(one.get("given_at")) <= at]
    if not may_keep_photos(before) and not may_keep_photos(said):
        raise NotValid("photo_refused", field="customer_id")


def _told_whose(changes: Iterable[Sent]) -> Iterator[Mapping[str, JsonValue]]:
    return (sent.fields for sent in changes if sent.key and sent.key[0] == KIND and not WHOSE.isdisjoint(sent.fields))


def _kind_of(merging: Merging, key: Key, registers: Registers) -> JsonValue:
    stands = merging.cells(key).get("kind")
    return stands.value if stands else registers.get("kind", "photo")


def _customer_of(merging: Merging, registers: Registers) -> str:
    named = registers.get("customer_id")
    if not named and isinstance(visit := registers.get("visit_id"), str):
        cell = merging.cells(("visit", visit)).get("customer_id")
        named = cell.value if cell else None
    return str(named or "")
