"""What a TinyDB question demands, read off its `_hash`: `('==', path, value)`, `('and', {…})` and so on.

The texts are taken out: questions that differ in their texts alone have one wording, or one for each order in which
their demands may be named, and so one way to an answer.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from field_app.vault.indexes import Path

Wording = tuple[Any, ...]
"""How and where each text is demanded: `'==', path, '>=', path, …`; at its end whether that is all that is asked."""


class Asked(NamedTuple):
    """The demands that must hold together, or in `either` the parts of which one must hold."""

    wording: Wording
    texts: list[str]
    either: "tuple[Asked | None, ...]" = ()


def asked_of(question: object) -> Asked | None:
    """What that question demands; None if its shape is unknown."""
    said = getattr(question, "_hash", None)
    return _asked(said) if type(said) is tuple else None


def asked_for(texts: Mapping[Path, str]) -> Asked:
    """What is demanded of documents that have all these texts."""
    wording: list[Any] = []
    for path in texts:
        wording += ("==", path)
    return Asked((*wording, True), list(texts.values()))


def _asked(said: tuple[Any, ...]) -> Asked:
    if said[:1] == ("or",):
        return Asked((), [], tuple(_asked(part) if type(part) is tuple else None for part in said[1]))
    wording: list[Any] = []
    texts: list[str] = []
    is_whole, parts = True, [said]
    for part in parts:  # it grows while it is read
        if len(part) == 3 and type(part[2]) is str:
            wording += part[:2]
            texts.append(part[2])
        elif part[:1] == ("and",):
            parts += part[1]
        else:
            is_whole = False
    wording.append(is_whole)
    return Asked(tuple(wording), texts)
