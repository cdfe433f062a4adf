"""Which rows of a table name somebody who is a customer already, or who stands in the table twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from field_app.actions.twins import known_customers
from field_app.local_store import LocalStore
from visit_core import phones
from visit_core.rules.doors import address_key
from visit_core.rules.twins import By, Trace, keys
from visit_core.tables import RowRead


@dataclass(frozen=True, slots=True)
class Double:
    """A row whom it may be a second time: a customer's `id`, or the `first_row` of the same table."""

    row: int
    by: By
    id: str = ""
    first_row: int = 0


def doubles_in(store: LocalStore, rows: Iterable[RowRead]) -> tuple[Double, ...]:
    """By the whole number, or by name and door: of thousands of rows a likely guess is no help."""
    seen: dict[tuple[By, str], tuple[str, int]] = {}
    for one in known_customers(store):
        for key in keys(one.trace):
            seen.setdefault(key, (one.id, 0))
    return tuple(_found(seen, rows))


def _found(seen: dict[tuple[By, str], tuple[str, int]], rows: Iterable[RowRead]) -> Iterator[Double]:
    for row in rows:
        mine = [*keys(_trace(row))]
        key = next((key for key in mine if key in seen), None)
        if key:
            yield Double(row.row, key[0], *seen[key])
        for key in mine:
            seen.setdefault(key, ("", row.row))


def _trace(row: RowRead) -> Trace:
    said = {name: str(row.fields.get(name) or "") for name in ("mobile", "name", "address_detail")}
    return Trace(phones.digits(said["mobile"]), said["name"], address_key(said["address_detail"]))
