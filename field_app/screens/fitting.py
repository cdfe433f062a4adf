"""How wide words will be, roughly: enough to choose how many of them stand side by side without breaking one."""

import re
import unicodedata
from collections.abc import Iterable

WIDE, NARROW = 1.0, 0.6  # of the size of the text: a Chinese character, a bold Latin letter


def text_width(text: str, size: float) -> float:
    """How wide a text on one line is, in pixels."""
    return size * sum(WIDE if unicodedata.east_asian_width(each) in "WFA" else NARROW for each in text)


def widest_word(labels: Iterable[str], size: float) -> float:
    """How wide the widest word is that should not be broken: lines break at blanks only."""
    return max((text_width(word, size) for label in labels for word in label.split()), default=0)


def longest_run(text: str, size: float) -> float:
    """How wide the longest piece of a text is that no line may break: between Chinese characters one may."""
    runs = re.findall(r"[^\s\u2e80-\uffff]+", text)
    return max((text_width(run, size) for run in runs), default=0)


def columns_that_fit(width: float, needed: float, gap: float, most: int = 3) -> int:
    """Into how many equal columns a width is cut so that each has what is needed; one at least."""
    return next((count for count in range(most, 1, -1) if (width - gap * (count - 1)) / count >= needed), 1)
