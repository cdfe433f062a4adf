"""Names for records, devices, people and teams that must not be mixed up."""

import hashlib
import re
import secrets
from typing import Annotated, NewType

from pydantic import StringConstraints

RecordId = NewType("RecordId", str)
PersonId = NewType("PersonId", str)
DeviceId = NewType("DeviceId", str)
TeamId = NewType("TeamId", str)

Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
DeviceText = Annotated[str, StringConstraints(pattern=r"^[a-z2-7]{8}$")]
Scope = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.:-]{1,64}$")]

SERVER = DeviceId("server22")
"""Stamps what the server itself writes; never handed to a phone."""

_HEX32 = re.compile(r"[0-9a-f]{32}")
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_UNLIKE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O, 1 I L


def new_id(now_ms: int) -> RecordId:
    """A fresh UUIDv7 (RFC 9562 section 5.7) as 32 hex digits; sorts by the ms it was made in."""
    stamp = now_ms & (1 << 48) - 1
    bits = stamp << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return RecordId(f"{bits:032x}")


def derived_id(now_ms: int, about: str) -> RecordId:
    """The id, in the form of `new_id`, that always comes out for the same moment and text."""
    drawn = int.from_bytes(hashlib.sha256(about.encode()).digest()[:10])
    stamp = now_ms & (1 << 48) - 1
    bits = stamp << 80 | 0x7 << 76 | (drawn >> 62 & 0xFFF) << 64 | 0b10 << 62 | drawn & (1 << 62) - 1
    return RecordId(f"{bits:032x}")


def new_device() -> DeviceId:
    """Eight random characters a-z2-7 (40 bits); the server checks that nobody has them yet."""
    while True:
        name = DeviceId("".join(secrets.choice(_BASE32) for _ in range(8)))
        if name != SERVER:
            return name


def new_receipt() -> str:
    """A code that a customer takes home: 4-4-4 characters of which none is mistaken for another (59 bits)."""
    drawn = "".join(secrets.choice(_UNLIKE) for _ in range(12))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def customer_number(maker: str, running: int) -> str:
    """A customer's number, `C-K7M2ABCD-0001`: who gave it, and how many that maker has given."""
    return f"C-{maker.upper()}-{running:04}"


def is_id(text: str) -> bool:
    """Whether `text` is an id as we write them: 32 lowercase hex digits."""
    return _HEX32.fullmatch(text) is not None


def team_scope(team: str) -> str:
    """The scope of all that a team shares."""
    return f"team:{team}"


def lead_scope(team: str) -> str:
    """The scope of what only a team's supervisors see."""
    return f"lead:{team}"


def form_scope(team: str) -> str:
    """The scope of what a team's forms ask for: its admins see it, too, and no customer with it."""
    return f"form:{team}"


def user_scope(person: str) -> str:
    """The scope of what one person alone sees."""
    return f"user:{person}"
