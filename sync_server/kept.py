"""What passes in and out of the central store: plain values, the same for every kind of store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pydantic import JsonValue

from visit_core.change import Registers
from visit_core.merge import Cell

ORGANISATION = "0" * 32
"""Stands where a team or a person would, for what the operator does and what belongs to no team."""

Key = tuple[str, str]
"""A record's kind and id."""

BACKUP_TRIED, BACKUP_GOOD, BACKUP_FAILED = "backup_tried_ms", "backup_good_ms", "backup_failed"
FELL_BACK = "fell_back_ms"
"""Facts about the store: when a backup was last tried, when one was last good, and what went wrong since."""

Marks = dict[tuple[str, str], int]
"""The last number taken, by team and device."""

Outcome = Literal["applied", "merged", "rejected"]
DeviceStanding = Literal["active", "revoked"]
Facts = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Team:
    """People who share customers."""

    id: str
    name: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here."""

    team: str
    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time enrolment code; only its hash is kept."""

    team: str
    person: str
    hash: str
    expires_ms: int
    used_ms: int | None = None


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A one-time code that opens what one device entrusted; only its hash is kept."""

    device: str
    hash: str
    expires_ms: int
    used_by: str | None = None  # the request that used it, drawn by the server


@dataclass(frozen=True, slots=True)
class Device:
    """One enrolled device, and whose it is."""

    team: str
    name: str
    person: str
    token_hash: str
    enrolled_ms: int
    standing: DeviceStanding = "active"
    label: str = ""
    last_n: int = 0


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who stands behind a token at this moment."""

    team: str
    device: str
    person: str
    role: str
    token_hash: str
    standing: DeviceStanding


@dataclass(frozen=True, slots=True)
class Head:
    """Where a team's numbering stands. Held by one writer at a time."""

    seq: int  # the last number given
    clock_ms: int  # the latest moment the server has stamped with; its clock never steps back
    epoch: str


@dataclass(frozen=True, slots=True)
class DeviceMark:
    """How far the server has taken one device's changes."""

    device: str
    last_n: int = 0
    last_eff: str | None = None
    offset_ms: int = 0


@dataclass(frozen=True, slots=True)
class Pace:
    """When one device was last here, how far it has read, and how much of it is in backups old enough to count."""

    device: str
    seen_ms: int = 0  # 0 for never
    cursor: int = 0  # the lowest of its cursors, as it said itself
    safe_n: int = 0


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it stands, register by register, and the scopes it is fed into."""

    kind: str
    id: str
    scopes: tuple[str, ...]
    cells: Mapping[str, Cell]
    seq: int


@dataclass(frozen=True, slots=True)
class BlobKey:
    """The bytes of an attachment, by their fingerprint and their number: two records that say the same share them."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Blob:
    """How much of those bytes is here."""

    key: BlobKey
    has: int  # from the first byte on, without a hole
    touched_ms: int  # when the last of them came
    whole_ms: int | None = None  # when the fingerprint of all of them was found right


class Logged(NamedTuple):
    """A change as it came, what was made of it, and when. Refused ones are kept whole, too: the quarantine."""

    device: str
    n: int
    hash: str
    kind: str
    id: str
    seq: int | None  # None when refused
    raw: str  # the stamp that the device gave
    eff: str  # the effective stamp, empty when refused
    clock: str  # what the server thought of the device's clock
    by: str
    status: Outcome
    payload: str  # JSON of the change
    result: str  # JSON of the answer
    received_ms: int
    registers: Registers  # canonical, as they were merged; empty when refused
    was: int | None = None  # its number before a restore lost it
    is_as_said: bool = False  # whether `registers` are what `payload` says, to the letter: then they are kept once


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit log: who did what; `facts` are ids, counts and codes."""

    actor: str  # a person's id, `operator`, or an address that failed to prove who it is
    action: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """Everything one merge has to write, in bulk."""

    head: Head
    marks: Sequence[DeviceMark] = ()
    records: Sequence[StoredRecord] = ()
    logged: Sequence[Logged] = ()
    events: Sequence[Event] = ()


class FeedEntry(NamedTuple):
    """A record as one scope is shown it; `shown` is None once it has left that scope.

    `shown` is JSON as `showing.shown` gives it, the bytes that go over the wire; `touched` the latest effective stamp
    in the record.
    """

    scope: str
    seq: int
    op: Literal["put", "remove", "purge"]
    kind: str
    id: str
    shown: bytes | None
    touched: str | None
