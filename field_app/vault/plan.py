"""From a TinyDB question to the rows that may answer it, or to None: then every document is read.

A question's `_hash` tells its shape: `('==', path, value)`, `('and', {…})` and so on. Only shapes known here are
used; whatever is found is held against the question itself again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from field_app.vault.columns import Row
from field_app.vault.indexes import Index, Path, hash_of, order_of
from field_app.vault.layers import Layers
from field_app.vault.overlay import ReadRow

_LOW, _HIGH = b"\0" * 16, b"\xff" * 16


@dataclass(slots=True)
class Asked:
    """What a question demands of single fields, all of it together."""

    equal: dict[Path, str] = field(default_factory=dict)
    at_least: dict[Path, str] = field(default_factory=dict)
    at_most: dict[Path, str] = field(default_factory=dict)


def plan(question: object, layers: Layers, indexes: Sequence[Index], read: ReadRow) -> list[Row] | None:
    """The committed rows that may answer, in the order of the table; None if only reading all of them tells."""
    shape = getattr(question, "_hash", None)
    usable = [index for index in indexes if layers.knows(index)]
    if not usable or not isinstance(shape, tuple):
        return None
    return _rows(shape, layers, usable, read)


def _rows(shape: tuple[Any, ...], layers: Layers, indexes: Sequence[Index], read: ReadRow) -> list[Row] | None:
    if shape[:1] == ("or",):
        parts = [_rows(part, layers, indexes, read) for part in shape[1] if isinstance(part, tuple)]
        found: set[Row] = set()
        for part in parts:
            if part is None:
                return None
            found.update(part)
        return sorted(found)
    asked = Asked()
    for demand in _demands(shape):
        _note(demand, asked)
    return _by_best(asked, layers, indexes, read)


def _by_best(asked: Asked, layers: Layers, indexes: Sequence[Index], read: ReadRow) -> list[Row] | None:
    ranged = asked.at_least.keys() | asked.at_most.keys()
    fits = [index for index in indexes if _fits(index, asked, ranged)]
    if not fits:
        return None
    best = max(fits, key=lambda index: (index.is_unique, bool(index.equal) + bool(index.ordered), bool(index.equal)))
    telling = [best, *indexes] if best.ordered in ranged else indexes
    for path in ranged:  # TinyDB refuses to compare a number with a text; so do we, by letting it
        index = next((index for index in telling if index.ordered == path), None)
        if index and layers.has_odd(index, read):
            return None
    low, high = _bounds(best, asked)
    return layers.candidates(best, low, high, read)


def _fits(index: Index, asked: Asked, ranged: set[Path]) -> bool:
    if index.equal and index.equal not in asked.equal:
        return False
    return index.ordered is None or index.ordered in ranged or index.ordered in asked.equal


def _bounds(index: Index, asked: Asked) -> tuple[bytes, bytes]:
    low = high = hash_of(asked.equal[index.equal]) if index.equal else b""
    if index.ordered:
        same = asked.equal.get(index.ordered)
        least, most = asked.at_least.get(index.ordered, same), asked.at_most.get(index.ordered, same)
        low += order_of(least) if least is not None else _LOW
        high += order_of(most) if most is not None else _HIGH
    return low, high


def _demands(shape: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The parts of a question that must all hold."""
    if shape[:1] == ("and",):
        for part in shape[1]:
            if isinstance(part, tuple):
                yield from _demands(part)
    else:
        yield shape


def _note(part: tuple[Any, ...], asked: Asked) -> None:
    match part:
        case (str(how), tuple(path), str(value)) if all(isinstance(name, str) for name in path):
            _note_text(how, path, value, asked)
        case _:
            pass


def _note_text(how: str, path: Path, value: str, asked: Asked) -> None:
    match how:
        case "==":
            asked.equal[path] = value
        case ">" | ">=":
            asked.at_least[path] = max(value, asked.at_least.get(path, value))
        case "<" | "<=":
            asked.at_most[path] = min(value, asked.at_most.get(path, value))
        case _:
            pass
