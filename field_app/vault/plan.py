"""From what a question demands to the rows that may answer it, or to None: then every document is read.

Whatever is found is held against the question again.
"""

from collections.abc import Sequence

from field_app.vault.asked import Asked
from field_app.vault.columns import Row
from field_app.vault.indexes import Index
from field_app.vault.layers import Layers
from field_app.vault.overlay import ReadRow
from field_app.vault.way import Way

MOST_WORDINGS = 256  # a program asks questions in some wordings; one that makes up paths is not to fill the memory


def plan(asked: Asked | None, layers: Layers, indexes: Sequence[Index], read: ReadRow) -> list[Row] | None:
    """The committed rows that may answer, in the order of the table; None if only reading all of them tells."""
    if asked is None:
        return None
    if not asked.either:
        return by_way(way_to(asked, layers, indexes), asked.texts, layers, read)
    found: set[Row] = set()
    for part in asked.either:
        rows = plan(part, layers, indexes, read)
        if rows is None:
            return None
        found.update(rows)
    return sorted(found)


def way_to(asked: Asked, layers: Layers, indexes: Sequence[Index]) -> Way:
    """The way for how something is asked, made when it is asked for the first time."""
    way = layers.ways.get(asked.wording)
    if way is None:
        if len(layers.ways) >= MOST_WORDINGS:
            layers.ways.clear()
        way = layers.ways[asked.wording] = Way(asked.wording, layers.usable(indexes))
    return way


def by_way(way: Way, texts: Sequence[str], layers: Layers, read: ReadRow) -> list[Row] | None:
    """As `plan` does it, for one wording and its texts."""
    if way.index is None:
        return None
    for index in way.ranges:  # where a number stands, TinyDB refuses to compare it with a text; so do we, by letting it
        if layers.has_odd(index, read):
            return None
    low, high = way.bounds(texts)
    return layers.candidates(way.index, low, high, read)
