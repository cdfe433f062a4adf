"""What a campaign is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Campaign:
    """A name, how it is written, one sentence, and what it does with the rest of its line; it gives the exit status."""

    name: str
    usage: str
    sentence: str
    run: Callable[[Sequence[str]], int]
