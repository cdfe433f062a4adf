"""How a Chinese name sounds, and whether typed letters mean it: 张三 is zhangsan, zhangs, zs.

Readings come from pypinyin without its table of phrases, which alone takes 40 MB of memory: a name is no phrase.
"""

import os
from collections.abc import Sequence
from functools import cache
from typing import Any

Readings = tuple[str, ...]
"""All ways to read one character; a letter or digit reads as itself."""


def readings_of(name: str) -> tuple[Readings, ...]:
    """The readings of each character, blanks and marks left out."""
    return tuple(_readings(each) for each in name.casefold() if each.isalnum())


def sound(name: str) -> str:
    """The name by its usual readings, `zhang san`; names of one sound are told apart by nothing else here."""
    return " ".join(each[0] for each in readings_of(name))


def letters_of(spoken: Sequence[Readings]) -> frozenset[str]:
    """The letters with which a spelling of the name, or of an end of it, begins."""
    return frozenset(reading[0] for readings in spoken for reading in readings if reading)


def is_meant(spoken: Sequence[Readings], typed: str) -> bool:
    """Whether letters spell the name from any character on, each in full or by how it begins."""
    letters = "".join(typed.split()).casefold()
    if not letters.isascii() or not letters.isalpha():
        return False
    return any(_spells(spoken[start:], letters) for start in range(len(spoken)))


def _spells(spoken: Sequence[Readings], letters: str) -> bool:
    if not letters:
        return True
    if not spoken:
        return False
    first, rest = spoken[0], spoken[1:]
    ends = {end for reading in first for end in range(1, len(reading) + 1) if letters.startswith(reading[:end])}
    return any(_spells(rest, letters[end:]) for end in ends)


@cache
def _readings(character: str) -> Readings:
    if character.isascii():
        return (character,)
    pinyin = _table()
    (said,) = pinyin.pinyin(character, style=pinyin.Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(each.replace("ü", "v") for each in said))


@cache
def _table() -> Any:
    """Read when first asked: an app that starts does not wait for it."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    import pypinyin

    return pypinyin
