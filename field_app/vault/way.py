"""The way to the answers of all questions of one wording: which index tells, and what is held against each document."""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from field_app.vault.asked import Wording
from field_app.vault.indexes import Index, Path, hash_of, order_of, value_at

Document = Mapping[str, Any]
Holds = Callable[[Document], bool]
Places = dict[Path, list[int]]
"""For each path the places of the texts that are demanded there."""
Test = tuple[int, Path, Callable[[str, str], bool]]
"""The place of a text, where it is demanded, and how what is found there is to compare with it."""
FieldTest = tuple[int, str, Callable[[str, str], bool]]
"""The same of what stands in a document itself."""

_COMPARED: dict[object, Callable[[str, str], bool]] = {
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_LOW, _HIGH = b"\0" * 16, b"\xff" * 16


class Way:
    """Made once for a wording and the indexes there are; then only texts are put in."""

    __slots__ = ("_equal_at", "_fields", "_high_at", "_low_at", "_tests", "index", "is_whole", "ranges")

    def __init__(self, wording: Wording, usable: Sequence[Index]) -> None:
        """`usable`: the most telling index first."""
        equal: Places = {}
        at_least: Places = {}
        at_most: Places = {}
        self.is_whole: bool = wording[-1]
        self._tests: list[Test] = []
        for at, (how, path) in enumerate(zip(wording[:-1:2], wording[1::2], strict=True)):
            if how in _COMPARED and _is_plain(path):
                self._tests.append((at, path, _COMPARED[how]))
                side = equal if how == "==" else at_least if how[0] == ">" else at_most
                side.setdefault(path, []).append(at)
            else:
                self.is_whole = False
        is_flat = all(len(path) == 1 for _, path, _ in self._tests)
        self._fields: list[FieldTest] = [(at, path[0], compared) for at, path, compared in self._tests if is_flat]
        self.index = next((index for index in usable if _fits(index, equal, at_least.keys() | at_most.keys())), None)
        self.ranges = _telling(at_least.keys() | at_most.keys(), self.index, usable)
        equally, by = (self.index.equal, self.index.ordered) if self.index else (None, None)
        self._equal_at = equal[equally][0] if equally else None
        self._low_at = (at_least.get(by) or equal.get(by, [])) if by else None
        self._high_at = (at_most.get(by) or equal.get(by, [])) if by else None

    def bounds(self, texts: Sequence[str]) -> tuple[bytes, bytes]:
        """Between which entries of the index, both included, everything lies that may answer."""
        low = high = b"" if self._equal_at is None else hash_of(texts[self._equal_at])
        if self._low_at is not None and self._high_at is not None:
            low += _edge(texts, self._low_at, max) if self._low_at else _LOW
            high += _edge(texts, self._high_at, min) if self._high_at else _HIGH
        return low, high

    def holding(self, texts: Sequence[str], question: Holds) -> Holds:
        """What tells whether a document answers, quicker than the question itself where it is of texts alone."""
        if not self.is_whole:
            return question
        return _of_fields(self._fields, texts, question) if self._fields else _of_paths(self._tests, texts, question)


def _of_fields(tests: Sequence[FieldTest], texts: Sequence[str], question: Holds) -> Holds:
    def holds(document: Document) -> bool:
        answer = True
        for at, name, compared in tests:
            value = document.get(name)
            if type(value) is not str:  # absent, or TinyDB may refuse to compare it, in an order of its own
                return bool(question(document))
            if not compared(value, texts[at]):
                answer = False
        return answer

    return holds


def _of_paths(tests: Sequence[Test], texts: Sequence[str], question: Holds) -> Holds:
    def holds(document: Document) -> bool:
        answer = True
        for at, path, compared in tests:
            value = value_at(document, path)
            if type(value) is not str:
                return bool(question(document))
            if not compared(value, texts[at]):
                answer = False
        return answer

    return holds


def _edge(texts: Sequence[str], places: Sequence[int], telling: Callable[..., str]) -> bytes:
    return order_of(texts[places[0]] if len(places) == 1 else telling([texts[at] for at in places]))


def _fits(index: Index, equal: Places, ranged: "set[Path]") -> bool:
    if index.equal and index.equal not in equal:
        return False
    return index.ordered is None or index.ordered in ranged or index.ordered in equal


def _telling(ranged: "set[Path]", best: Index | None, usable: Sequence[Index]) -> tuple[Index, ...]:
    """For each path of which a range is asked the index that knows whether something there is no text."""
    telling = [best, *usable] if best else []
    found = (next((index for index in telling if index.ordered == path), None) for path in ranged)
    return tuple(index for index in found if index)


def _is_plain(path: object) -> bool:
    return type(path) is tuple and path != () and all(type(name) is str for name in path)
