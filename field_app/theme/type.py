"""The few styles of text. A control names the style; the theme holds its size, so that one factor enlarges all.

Every style says its line height: Noto's own would push everything apart. There are two weights, both real.
"""

from dataclasses import dataclass
from enum import StrEnum

FAMILY = "Roboto"  # in a browser our own font bears this name (see web/overlay); a phone adds its own Chinese to it
BAR_MOST_SCALE = 1.08  # labels under the icons of a bar grow little: five must stand side by side, also in English
SIGN, SIGN_MOST_SCALE = 22, 1.5  # icons beside words; larger, they would take the width from the words


class Role(StrEnum):
    """What a text is for; each value is the slot of Flet's text theme that holds its style."""

    DISPLAY = "displaySmall"  # the name of a screen or a person, counts
    TITLE = "headlineSmall"
    SECTION = "titleLarge"
    STRONG = "titleMedium"  # the title of a row
    BODY = "bodyLarge"
    SECOND = "bodyMedium"
    LABEL = "titleSmall"
    CAPTION = "labelMedium"  # times and bar labels only
    BAR = "labelSmall"  # the chosen label of a bar


@dataclass(frozen=True, slots=True)
class Face:
    """How a text looks, before a person's factor."""

    size: int
    line: int
    weight: int


FACES = {
    Role.DISPLAY: Face(28, 36, 700),
    Role.TITLE: Face(22, 28, 700),
    Role.SECTION: Face(18, 24, 700),
    Role.STRONG: Face(16, 24, 700),
    Role.BODY: Face(16, 24, 400),
    Role.SECOND: Face(14, 20, 400),
    Role.LABEL: Face(14, 20, 700),
    Role.CAPTION: Face(12, 16, 400),
    Role.BAR: Face(12, 16, 700),
}


MOST_SCALE = {Role.DISPLAY: 1.5, Role.TITLE: 1.75, Role.CAPTION: BAR_MOST_SCALE, Role.BAR: BAR_MOST_SCALE}
"""What is large already grows less than what is small, and stays the largest: a word must find room on its line."""


def size_of(role: Role, scale: float) -> float:
    """How large a style is at a person's factor."""
    return FACES[role].size * min(scale, MOST_SCALE.get(role, scale))


def sign_of(scale: float, size: float = SIGN) -> float:
    """How large an icon is beside words at that factor."""
    return size * min(scale, SIGN_MOST_SCALE)
