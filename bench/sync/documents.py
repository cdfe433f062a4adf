"""The same made-up visits for everybody."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bench.store.made_up import a_visit, customers_of

BESIDE_A_VISIT = {"visit_id", "visit_date", "sync"}
A_DEVICES_OWN = 1_000_000
"""Numbers of one device's visits begin at a multiple of it."""

Document = dict[str, Any]


def documents(count: int, device: int = 0) -> list[Document]:
    """So many visits of one device: `id`, and the fields that a person entered."""
    first = device * A_DEVICES_OWN
    return [_document(number, customers_of(count)) for number in range(first, first + count)]


def _document(number: int, customers: int) -> Document:
    visit = a_visit(number, customers)
    fields = {name: value for name, value in visit.items() if name not in BESIDE_A_VISIT}
    return {"id": visit["visit_id"], "fields": fields}


def in_parts(documents: Sequence[Document], size: int) -> Iterator[Sequence[Document]]:
    """Runs of at most `size`."""
    for first in range(0, len(documents), size):
        yield documents[first : first + size]


def as_json(said: object) -> bytes:
    """JSON without blanks."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
