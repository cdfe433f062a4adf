"""A customer's number is that customer's alone: what this device has given to one is taken from a file for no other.

Two devices that never met may still bring in the same number; that is seen only after both have synced.
"""

from collections.abc import Iterable
from typing import Any

from field_app.actions.edits import Given
from field_app.local_store import LocalStore
from visit_core.errors import NotValid
from visit_core.tables import RowRead

CODE = "code"


def refuse_taken_number(store: LocalStore, kind: str, customer: str, given: Given) -> None:
    """NotValid where somebody else has the number that is given; `customer` is empty for a new one."""
    wanted = given.get(CODE) if kind == "customer" else None
    if wanted and any(view.id != customer for view in store.find(kind, {CODE: wanted})):
        raise taken()


class Numbers:
    """The numbers that are in use while many rows come in: looked up once, if any row brings one."""

    def __init__(self, store: LocalStore, kind: str, rows: Iterable[RowRead]) -> None:
        is_asked = kind == "customer" and any(row.fields.get(CODE) for row in rows)
        self._used: set[Any] = {view.fields.get(CODE) for view in store.find(kind)} if is_asked else set()

    def use(self, row: RowRead) -> None:
        """NotValid where the number that a row brings is somebody's, on this device or further up in the file."""
        wanted = row.fields.get(CODE)
        if wanted and wanted in self._used:
            raise taken()
        self._used.add(wanted)


def taken() -> NotValid:
    """Somebody else has that number."""
    return NotValid("customer_code_taken", field=CODE)
