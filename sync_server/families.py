"""Who of a team's customers were merged, and into whom; the same answer as on every device that has the records."""

from collections.abc import Mapping

from sync_server.kept import StoredRecord
from sync_server.store import Reading
from visit_core.rules.survivors import survivors

CUSTOMER, MERGE = "customer", "customer_merge"
EVERYTHING = 1_000_000


def merges_in(reading: Reading) -> list[StoredRecord]:
    """Everything that was said of two customers, whether they were merged or not."""
    return list(reading.records_of(MERGE, EVERYTHING))


def survivors_in(reading: Reading) -> dict[str, str]:
    """By each merged customer the one that is left."""
    others = {said_of(merge, "other_id") for merge in merges_in(reading)} - {""}
    found = reading.records([(CUSTOMER, other) for other in sorted(others)]) if others else {}
    into = {id: said_of(record, "merged_into") for (_, id), record in found.items()}
    there = reading.records([(CUSTOMER, to) for to in sorted({*into.values()} - {""})]) if found else {}
    return survivors({one: to for one, to in into.items() if (CUSTOMER, to) in there})


def family_in(gone: Mapping[str, str], customer: str) -> tuple[str, ...]:
    """The one that is left of a customer, then those merged into it."""
    left = gone.get(customer, customer)
    return left, *sorted(one for one, end in gone.items() if end == left)


def said_of(record: StoredRecord, register: str) -> str:
    """A text in a record; empty for none."""
    cell = record.cells.get(register)
    return cell.value if cell and isinstance(cell.value, str) else ""
