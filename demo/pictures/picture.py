"""One picture: a screen, whose it is, at which address, and what is done there before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass

from demo.pictures.before import Before
from demo.stage import Stage

Steps = Callable[[Before], object]


def nothing(_: Before) -> None:
    """The screen as it opens."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen by name; `who` is rep, colleague, supervisor, admin, or newcomer: before a device that is nobody's."""

    name: str
    who: str
    address: Callable[[Stage], str]
    steps: Steps = nothing
    after: Steps = nothing  # puts right what the steps changed for others
    moves: bool = False  # so it is taken at once
    inside: bool = True  # the PIN was given


def at(name: str, who: str, address: str | Callable[[Stage], str], steps: Steps = nothing) -> Picture:
    """A picture of one address."""
    return Picture(name, who, address if callable(address) else lambda _: address, steps)
