"""What every shape of value offers: the control a form draws, and how a value is read."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from pydantic import JsonValue

Control = Literal[
    "text", "multiline", "number", "money", "phone", "landline", "email", "date", "when",
    "choice", "chips", "switch", "stars", "faces", "picker", "division", "lines", "parts", "hidden",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """When a value is read. `slack_days` lets a server in another time zone take a phone's today."""

    now_ms: int  # since 1970-01-01 UTC
    today: date  # in the reader's own time zone
    slack_days: int = 0


class Shape(Protocol):
    """One form of value."""

    @property
    def control(self) -> Control:
        """What a form offers for it unless the field says otherwise."""

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        """The canonical value; NotValid if there is none."""
