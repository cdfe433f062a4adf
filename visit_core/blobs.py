"""The bytes of an attachment, its blob: how large they may be, and how far a server has them.

They travel by themselves, in chunks, named by their SHA-256; the record that tells of them goes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import StringConstraints

MOST_BYTES = 25 * 2**20
"""As many as one attachment may have."""

CHUNK_BYTES = 256 * 2**10
"""As many as one request may bring."""

OFFSET, LENGTH, COMPLETE = "Upload-Offset", "Upload-Length", "Upload-Complete"
CHUNK_TYPE = "application/offset+octet-stream"

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a server has a blob: `offset` bytes of `size` are there for good; whole once the hash was right, too."""

    offset: int
    size: int
    is_whole: bool = False

    def headers(self) -> dict[str, str]:
        """As it travels."""
        return {OFFSET: str(self.offset), LENGTH: str(self.size), COMPLETE: "1" if self.is_whole else "0"}


def standing_in(headers: Mapping[str, str]) -> Standing | None:
    """What an answer says of it; None where it says nothing that can be meant."""
    told = headers.get(OFFSET, ""), headers.get(LENGTH, "")
    if not all(number.isascii() and number.isdecimal() and len(number) <= 12 for number in told):
        return None
    offset, size = map(int, told)
    return Standing(offset, size, headers.get(COMPLETE) == "1") if offset <= size else None
