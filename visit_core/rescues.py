"""A rescue file: what only one device has, in sealed pieces, one a line, each of which a server takes in by itself.

A device puts `REQUESTS_IN_A_PIECE` requests into a piece, or a part of one photograph, so that each stays below
`MOST_PIECE_BYTES`, packed and unpacked; the file as a whole may be of any size. Records stand before photographs.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, BinaryIO, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from visit_core.blobs import MOST_BYTES, Sha256
from visit_core.errors import NotFound, NotValid
from visit_core.ids import DeviceText
from visit_core.protocol import SyncRequest

REQUESTS_IN_A_PIECE = 4
"""Of at most 900,000 bytes each."""

PHOTO_PART_BYTES = 2 * 2**20
"""As much of one photograph as a piece holds."""

MOST_PIECE_BYTES = 8_000_000
"""As much as a server takes in one piece, sealed or unpacked, over HTTP or by its command."""

RECORDS_ALONE: Final = 1
WITH_PHOTO: Final = 2
"""The versions of a piece: a server that knows of no photographs refuses one, and does not overlook it."""


class PhotoPart(BaseModel):
    """Some bytes of a photograph of `size` bytes, those from `at` on."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    sha256: Sha256
    size: int = Field(ge=1, le=MOST_BYTES)
    at: int = Field(ge=0, le=MOST_BYTES)
    content: Annotated[bytes, Field(min_length=1, max_length=PHOTO_PART_BYTES, repr=False)]

    @property
    def end(self) -> int:
        """The place behind its last byte."""
        return self.at + len(self.content)


class Rescue(BaseModel):
    """Some of what no backup is known to hold of one device, as it would have been sent; lies sealed in a piece."""

    made_ms: int = Field(ge=0, le=2**53, description="when, by the device's best idea of the server's time")
    requests: Annotated[list[SyncRequest], Field(max_length=REQUESTS_IN_A_PIECE)] = []
    photo: PhotoPart | None = None


class RescueFile(BaseModel):
    """One piece of a rescue file: whose it is, and a `Rescue` that only the organisation's server can open."""

    format: Literal["field-visits-rescue"] = "field-visits-rescue"
    version: Literal[1, 2] = 1
    device: DeviceText
    sealed: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", repr=False)]


class RescueTaken(BaseModel):
    """What came of a rescue file: changes taken, here before, refused, and not taken because a number was missing.

    `clashing` were not taken because the server knows their numbers for other changes: those of a salvaged store. Of
    photographs: whole now, whole before, those that no record here tells of, and those of which a part is missing.
    `damaged` are pieces that this server cannot open.
    """

    device: DeviceText
    taken: int = 0
    known: int = 0
    refused: int = 0
    missing: int = 0
    clashing: int = 0
    photos: int = 0
    photos_known: int = 0
    photos_refused: int = 0
    photos_missing: int = 0
    damaged: int = 0


def pieces_in(file: BinaryIO) -> Iterator[RescueFile | None]:
    """The pieces of a rescue file, in their order, one at a time in memory; None for each that is damaged.

    NotFound, at the end, where there is none at all: that is another kind of file.
    """
    device = ""
    for line in iter(partial(file.readline, MOST_PIECE_BYTES + 1), b""):
        if line.strip():
            piece = _piece_of(line)
            device = device or (piece.device if piece else "")
            yield piece if piece and piece.device == device else None
    if not device:
        raise NotFound("no_rescue_file", field="file")


class Takings:
    """What comes of a file, piece by piece: what is wrong with one keeps no other out."""

    def __init__(self) -> None:
        self._taken: list[RescueTaken] = []
        self._damaged = 0
        self._why: NotValid | None = None

    def add(self, taken: RescueTaken) -> None:
        """A piece that was taken in."""
        self._taken.append(taken)

    def leave_out(self, why: NotValid | None = None) -> None:
        """A piece that is damaged, or that the server refused."""
        self._damaged += 1
        self._why = self._why or why

    def told(self) -> RescueTaken:
        """All together; why the first piece was refused, where not one was taken."""
        if not self._taken:
            raise self._why or NotFound("no_rescue_file", field="file")
        together = _added_up(self._taken)
        return together.model_copy(update={"damaged": together.damaged + self._damaged})


def _added_up(taken: Sequence[RescueTaken]) -> RescueTaken:
    """What came of all pieces together; there is one at least."""
    counts = [one.model_dump(exclude={"device"}) for one in taken]
    return RescueTaken(device=taken[0].device, **{name: sum(one[name] for one in counts) for name in counts[0]})


def _piece_of(line: bytes) -> RescueFile | None:
    try:
        return RescueFile.model_validate_json(line) if len(line) <= MOST_PIECE_BYTES else None
    except ValidationError:
        return None
