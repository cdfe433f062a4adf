"""The documents that answer a question: an index names who may, or the table is read; each is held against it."""

from collections.abc import Iterator, Sequence
from typing import Any

from field_app.vault.asked import Asked
from field_app.vault.indexes import Index
from field_app.vault.ops import decode
from field_app.vault.plan import by_way, plan, way_to
from field_app.vault.reading import Reading
from field_app.vault.way import Holds

Found = tuple[str, dict[str, Any], bytes]
"""A document that answers: its id, it, and its bytes."""


def answering(asked: Asked | None, question: Holds, reading: Reading, indexes: Sequence[Index]) -> Iterator[Found]:
    """The documents of a table for which `question` holds, in its order, each read when it is its turn.

    `asked` is what the question demands, as far as it is understood.
    """
    layers, read, holds = reading.layers, reading.document, question
    if asked is None or asked.either:
        rows = plan(asked, layers, indexes, read)
    else:
        way = way_to(asked, layers, indexes)
        rows, holds = by_way(way, asked.texts, layers, read), way.holding(asked.texts, question)
    kept = reading.items() if rows is None else reading.narrowed(rows)
    return ((key, document, row) for key, row in kept if holds(document := decode(row)))
