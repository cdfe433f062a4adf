"""A rescue file: what only one device has, in sealed pieces, one a line, each of which a server takes in by itself.

A device puts `REQUESTS_IN_A_PIECE` requests into a piece, so that each stays below `MOST_PIECE_BYTES`, packed and
unpacked; the file as a whole may be of any size.
"""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from visit_core.errors import NotFound
from visit_core.ids import DeviceText
from visit_core.protocol import SyncRequest

REQUESTS_IN_A_PIECE = 4
"""Of at most 900,000 bytes each."""

MOST_PIECE_BYTES = 8_000_000
"""As much as a server takes in one piece, sealed or unpacked, over HTTP or by its command."""


class Rescue(BaseModel):
    """Some of what no backup is known to hold of one device, as it would have been sent; lies sealed in a piece."""

    made_ms: int = Field(ge=0, le=2**53, description="when, by the device's best idea of the server's time")
    requests: Annotated[list[SyncRequest], Field(max_length=REQUESTS_IN_A_PIECE)] = []


class RescueFile(BaseModel):
    """One piece of a rescue file: whose it is, and a `Rescue` that only the organisation's server can open."""

    format: Literal["field-visits-rescue"] = "field-visits-rescue"
    version: Literal[1] = 1
    device: DeviceText
    sealed: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", repr=False)]


class RescueTaken(BaseModel):
    """What came of a rescue file: changes taken, here before, refused, and not taken because a number was missing.

    `clashing` were not taken because the server knows their numbers for other changes: those of a salvaged store.
    """

    device: DeviceText
    taken: int = 0
    known: int = 0
    refused: int = 0
    missing: int = 0
    clashing: int = 0


def pieces_of(content: bytes) -> list[RescueFile]:
    """The pieces of a rescue file, in their order; NotFound in any other kind of file."""
    lines = [line for line in content.split(b"\n") if line.strip()]
    try:
        pieces = [RescueFile.model_validate_json(line) for line in lines if len(line) <= MOST_PIECE_BYTES]
    except ValidationError:
        raise NotFound("no_rescue_file", field="file") from None
    if not pieces or len(pieces) < len(lines) or len({piece.device for piece in pieces}) > 1:
        raise NotFound("no_rescue_file", field="file")
    return pieces


def added_up(taken: Sequence[RescueTaken]) -> RescueTaken:
    """What came of all pieces together; there is one at least."""
    counts = [one.model_dump(exclude={"device"}) for one in taken]
    return RescueTaken(device=taken[0].device, **{name: sum(one[name] for one in counts) for name in counts[0]})
