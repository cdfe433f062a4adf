"""What one person did to one record at one moment, as it travels and as it is kept."""

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from visit_core.ids import Hex32, Scope
from visit_core.stamp import StampText

SCHEMA_V = 1
"""Which generation of the record kinds this code writes."""

MAX_FIELDS = 300
"""Registers in one change."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)

Op = Literal["create", "set", "delete", "restore"]
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Register = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}(\..{1,64})?$")]
Registers = dict[str, JsonValue]


class ClockEvidence(BaseModel):
    """What a device's clocks said at one moment, so that the server can tell when it truly was."""

    model_config = ConfigDict(frozen=True)

    wall_ms: int = Field(ge=-(2**53), le=2**53, description="the wall clock, ms since 1970 UTC")
    mono_ms: int = Field(ge=0, le=2**53, description="ms since boot, sleep included; cannot be set by hand")
    boot: Annotated[str, StringConstraints(pattern=r"^[0-9a-z-]{1,40}$")] = Field(description="names one boot")


class Change(BaseModel):
    """Registers that one person set on one record at one moment; only those the person touched.

    `n` counts a device's changes from 1 without a gap; once sent, a change is never altered or renumbered.
    `base` is the sequence number of the version that the person was looking at, 0 for none.
    Neighbours with the same `tx` are taken together or refused together.
    """

    model_config = ConfigDict(frozen=True)

    n: int = Field(ge=1, le=2**53)
    op: Op
    kind: KindName
    id: Hex32
    scope: Scope | None = None
    fields: Annotated[dict[Register, JsonValue], Field(max_length=MAX_FIELDS)] = {}
    at: StampText
    clock: ClockEvidence
    base: int = Field(default=0, ge=0, le=2**53)
    tx: int | None = Field(default=None, ge=1, le=2**53)
    schema_v: int = Field(default=SCHEMA_V, ge=1)
    by: Hex32


_UNSAID = {name: field.default for name, field in Change.model_fields.items() if not field.is_required()}


def said_in(change: Change) -> dict[str, JsonValue]:
    """Everything that the change says, as it travels; what goes without saying is left out."""
    said = {**change.__dict__, "clock": dict(change.clock.__dict__)}
    for name, default in _UNSAID.items():
        if said[name] == default:
            del said[name]
    return said


def fingerprint(said: Mapping[str, JsonValue]) -> str:
    """SHA-256 of all that a change says: the same number with another fingerprint is a cloned device."""
    return hashlib.sha256(_ENCODER.encode(said).encode("ascii")).hexdigest()
