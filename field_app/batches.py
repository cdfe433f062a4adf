"""What goes into one request: the oldest changes first, and nothing torn apart that stands or falls together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from field_app.entry import Entry
from visit_core.protocol import MAX_CHANGES

MAX_PUSH_BYTES = 900_000


def as_one(entries: Sequence[Entry], last_tx: int) -> list[Entry]:
    """The entries marked to stand or fall together; more than one request holds are marked request by request."""
    if len(entries) < 2:
        return [replace(entry, tx=None) for entry in entries]
    return [replace(entry, tx=last_tx + 1 + at // MAX_CHANGES) for at, entry in enumerate(entries)]


def batch(waiting: Sequence[Entry], limit: int) -> list[Entry]:
    """The oldest changes that fit one request: at least one, else the outbox would stand still.

    A group is cut only where it is larger than a request by itself; then each part stands or falls alone.
    """
    chosen: list[Entry] = []
    left = MAX_PUSH_BYTES
    for _, group in groupby(waiting[: limit + MAX_CHANGES], key=_company):
        together = list(group)
        left -= sum(entry.size() for entry in together)
        if left < 0 or len(chosen) + len(together) > limit:
            return chosen or _part(together, limit)
        chosen += together
    return chosen


def _part(together: Sequence[Entry], limit: int) -> list[Entry]:
    chosen: list[Entry] = []
    left = MAX_PUSH_BYTES
    for entry in together[:limit]:
        left -= entry.size()
        if left < 0 and chosen:
            break
        chosen.append(entry)
    return chosen


def _company(entry: Entry) -> tuple[int, int]:
    return (0, entry.tx) if entry.tx is not None else (1, entry.place)
