"""What a TinyDB question demands, read off its shape, so far as it is said in texts.

A question's `_hash` tells its shape: `('==', path, value)`, `('and', {…})` and so on. A demand of another shape is left
out, and `is_whole` says so: then only the question itself can tell whether a document answers it.
"""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from field_app.vault.indexes import Path

Document = Mapping[str, Any]
Holds = Callable[[Document], bool]
Test = tuple[Path, Callable[[str, str], bool], str]

_COMPARED: dict[object, Callable[[str, str], bool]] = {
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_TEXTS = {str}


class Asked:
    """All that a question demands of single fields together, or in `either` the parts of which one must hold."""

    __slots__ = ("at_least", "at_most", "either", "equal", "is_whole", "tests")

    def __init__(self) -> None:
        self.equal: dict[Path, str] = {}
        self.at_least: dict[Path, str] = {}
        self.at_most: dict[Path, str] = {}
        self.tests: list[Test] = []
        self.either: list[Asked | None] = []
        self.is_whole = True

    def note(self, how: str, path: Path, text: str) -> None:
        """One demand: what stands at `path` is equal to, above or below the text."""
        self.tests.append((path, _COMPARED[how], text))
        if how == "==":
            self.equal[path] = text
        elif how == ">=" or how == ">":
            known = self.at_least.get(path)
            self.at_least[path] = text if known is None or text > known else known
        else:
            known = self.at_most.get(path)
            self.at_most[path] = text if known is None or text < known else known


def asked_of(question: object) -> Asked | None:
    """What that question demands; None if its shape is unknown."""
    shape = getattr(question, "_hash", None)
    return _asked(shape) if isinstance(shape, tuple) else None


def asked_for(texts: Mapping[Path, str]) -> Asked:
    """What is demanded of documents that have all these texts."""
    asked = Asked()
    for path, text in texts.items():
        asked.note("==", path, text)
    return asked


def _asked(shape: tuple[Any, ...]) -> Asked:
    asked, parts = Asked(), [shape]
    if shape[:1] == ("or",):
        asked.either = [_asked(part) if isinstance(part, tuple) else None for part in shape[1]]
        asked.is_whole = False
        return asked
    for part in parts:  # it grows while it is read
        if len(part) == 3 and type(part[2]) is str and part[0] in _COMPARED and _is_plain(part[1]):
            asked.note(*part)
        elif part[:1] == ("and",):
            parts += part[1]
        else:
            asked.is_whole = False
    return asked


def _is_plain(path: object) -> bool:
    return type(path) is tuple and (type(path[0]) is str if len(path) == 1 else {*map(type, path)} == _TEXTS)


def holding(asked: Asked | None, question: Holds) -> Holds:
    """What tells whether a document answers, as the question itself would and quicker where it is of texts alone."""
    if asked is None or not asked.is_whole:
        return question
    tests = asked.tests

    def holds(document: Document) -> bool:
        answer = True
        for path, compared, text in tests:
            value: Any = document
            try:
                for name in path:
                    value = value[name]
            except (KeyError, TypeError):
                answer = False
                continue
            if type(value) is not str:  # TinyDB may refuse to compare it, in an order of its own
                return bool(question(document))
            answer = answer and compared(value, text)
        return answer

    return holds
