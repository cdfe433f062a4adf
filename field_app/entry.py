"""One change of this device and how far it has come, as it is kept in the store: thousands of them may wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from visit_core.change import Change, ClockEvidence, Op, Registers
from visit_core.protocol import NOT_TOGETHER, ErrorInfo, Resent

Key = tuple[str, str]
"""Kind and id of a record."""

OUR_OWN = frozenset({"place", "seq", "error", "sealed", "by_rule", "received_ms"})
"""What this device alone knows of a change."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clocks said, as in `ClockEvidence`; this takes a fourth of that model's memory."""

    wall_ms: int
    mono_ms: int
    boot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change of this device, and how far it has come. Two are equal when they say the same."""

    place: int = 0  # local order, the number in the table
    op: Op
    kind: str
    id: str
    scope: str | None = None
    said: bytes  # the registers as JSON: as a dict they take five times the memory
    at: str
    clock: Clock
    base: int
    schema_v: int
    by: str
    by_rule: bool = False  # a rule of ours added it to what a person did
    n: int | None = None
    seq: int | None = None  # the server's number for it, once settled
    received_ms: int | None = None  # when that was, by the server's clock
    error: ErrorInfo | None = None  # why it, or something in it, was refused
    sealed: Resent | None = None  # what the server made of it, under its seal: sent along if a restore loses it
    tx: int | None = None  # the same for neighbours that stand or fall together

    @property
    def fields(self) -> Registers:
        """The registers that the person touched."""
        read: Registers = from_json(self.said)
        return read

    @property
    def is_company(self) -> bool:
        """Whether it was refused only because another of the same `tx` was."""
        return self.error is not None and self.error.facts.get("why") == NOT_TOGETHER

    @property
    def is_settled(self) -> bool:
        """Whether the server has named it."""
        return self.seq is not None

    @property
    def key(self) -> Key:
        """Which record it is about."""
        return self.kind, self.id

    def change(self) -> Change:
        """As it travels; the same bytes every time."""
        return Change.model_validate(_ENTRY.dump_python(self, exclude={*OUR_OWN, "said"}) | {"fields": self.fields})

    def resent(self) -> Resent | None:
        """What the server had made of it, if it has; the seal names the number that it had then."""
        if self.sealed is None or self.n is None or self.sealed.n == self.n:
            return self.sealed
        return self.sealed.model_copy(update={"n": self.n, "was_n": self.sealed.n})

    def told(self) -> dict[str, Any]:
        """All of it as JSON has it, its place among the others too."""
        told: dict[str, Any] = _ENTRY.dump_python(self, mode="json", exclude={"said"})
        return told | {"fields": self.fields}

    def row(self) -> dict[str, Any]:
        """As it is kept: all but its place, and nothing that is not there."""
        kept: dict[str, Any] = _ENTRY.dump_python(self, mode="json", exclude={"place", "said"}, exclude_none=True)
        return kept | {"fields": self.fields}

    def size(self) -> int:
        """About how many bytes it takes in a request."""
        return len(_ENTRY.dump_json(self, exclude={"said"})) + len(self.said)


_ENTRY = TypeAdapter(Entry)
_CLOCK = {"wall_ms": int, "mono_ms": int, "boot": str}
_SAME = ("op", "kind", "scope", "by")


def clock_of(evidence: ClockEvidence) -> Clock:
    """What the clocks said, as an entry has it."""
    return Clock(wall_ms=evidence.wall_ms, mono_ms=evidence.mono_ms, boot=evidence.boot)


def said_of(registers: Registers) -> bytes:
    """Registers as an entry holds them."""
    return to_json(registers)


@lru_cache(maxsize=16)
def _clock(wall_ms: int, mono_ms: int, boot: str) -> Clock:
    """Of neighbours that were made in one millisecond it is one and the same."""
    return Clock(wall_ms, mono_ms, boot)


def entry_in(row: Mapping[str, Any], place: int) -> Entry:
    """What a row of the store says; ValueError if it is none. Words that stand in all of them are kept once."""
    if not isinstance(row.get("fields"), dict):
        raise ValueError("an entry without registers")
    same: dict[str, Any] = {name: intern(row[name]) for name in _SAME if type(row.get(name)) is str}
    clock = row.get("clock")
    if isinstance(clock, dict) and all(type(clock.get(name)) is kind for name, kind in _CLOCK.items()):
        same["clock"] = _clock(clock["wall_ms"], clock["mono_ms"], intern(clock["boot"]))
    return _ENTRY.validate_python({**row, **same, "place": place, "said": said_of(row["fields"])})
