"""From what a question demands to the rows that may answer it, or to None: then every document is read.

Whatever is found is held against the question again.
"""

from collections.abc import Sequence

from field_app.vault.asked import Asked
from field_app.vault.columns import Row
from field_app.vault.indexes import Index, Path, hash_of, order_of
from field_app.vault.layers import Layers
from field_app.vault.overlay import ReadRow

_LOW, _HIGH = b"\0" * 16, b"\xff" * 16


def plan(asked: Asked | None, layers: Layers, indexes: Sequence[Index], read: ReadRow) -> list[Row] | None:
    """The committed rows that may answer, in the order of the table; None if only reading all of them tells."""
    if asked is None:
        return None
    usable = layers.usable(indexes)
    if not asked.either:
        return _by_best(asked, layers, usable, read)
    found: set[Row] = set()
    for part in asked.either:
        rows = plan(part, layers, indexes, read)
        if rows is None:
            return None
        found.update(rows)
    return sorted(found)


def _by_best(asked: Asked, layers: Layers, usable: Sequence[Index], read: ReadRow) -> list[Row] | None:
    for best in usable:
        if _fits(best, asked):
            break
    else:
        return None
    if asked.at_least or asked.at_most:
        telling = (best, *usable)
        for path in asked.at_least.keys() | asked.at_most.keys():
            if _is_refused(path, telling, layers, read):
                return None
    low, high = _bounds(best, asked)
    return layers.candidates(best, low, high, read)


def _is_refused(path: Path, telling: Sequence[Index], layers: Layers, read: ReadRow) -> bool:
    """Whether TinyDB would refuse to compare a number with a text there; so do we, by letting it."""
    for index in telling:
        if index.ordered == path:
            return layers.has_odd(index, read)
    return False


def _fits(index: Index, asked: Asked) -> bool:
    if index.equal and index.equal not in asked.equal:
        return False
    path = index.ordered
    return path is None or path in asked.at_least or path in asked.at_most or path in asked.equal


def _bounds(index: Index, asked: Asked) -> tuple[bytes, bytes]:
    low = high = hash_of(asked.equal[index.equal]) if index.equal else b""
    if index.ordered:
        low += _edge(index.ordered, asked.at_least, asked.equal) or _LOW
        high += _edge(index.ordered, asked.at_most, asked.equal) or _HIGH
    return low, high


def _edge(path: Path, at: dict[Path, str], equal: dict[Path, str]) -> bytes:
    text = at.get(path, equal.get(path))
    return b"" if text is None else order_of(text)
