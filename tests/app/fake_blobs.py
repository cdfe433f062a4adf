"""What a server does with photographs' bytes, in memory: the wire can be cut, others can be quicker."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from visit_core.blobs import CHUNK_BYTES, Standing
from visit_core.errors import NotFound, NotValid, OffsetMoved, TooLarge, Unreachable

TellsOf = Callable[[str, int | None], bool]


@dataclass
class BlobsInMemory:
    """`tells_of` says whether a record came before; `taken` are the chunks that were taken, by offset and length."""

    tells_of: TellsOf
    kept: dict[str, bytes] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    taken: list[tuple[int, int]] = field(default_factory=list)
    standings: int = 0
    cuts_after: int | None = None  # chunks; then the link is gone before the next arrives
    loses_answer_of: int | None = None  # the chunk that is taken, and nobody hears of it
    before_each: Callable[[], object] = lambda: None

    async def standing(self, sha256: str, size: int) -> Standing:
        self.standings += 1
        if not self.tells_of(sha256, size):
            raise NotFound("blob_unknown", field="sha256")
        return Standing(len(self.kept.get(sha256, b"")), size, sha256 in self.whole)

    async def send(self, sha256: str, size: int, at: int, chunk: bytes) -> Standing:
        self.before_each()
        here = self.kept.get(sha256, b"")
        if not self.tells_of(sha256, size):
            raise NotFound("blob_unknown", field="sha256")
        if self.cuts_after is not None and len(self.taken) >= self.cuts_after:
            raise Unreachable(answered="ConnectError")
        if at != len(here):
            raise OffsetMoved(offset=len(here), size=size)
        if len(chunk) > CHUNK_BYTES or at + len(chunk) > size:
            raise TooLarge("blob_too_long", limit=size)
        self.kept[sha256] = here + chunk
        self.taken.append((at, len(chunk)))
        if at + len(chunk) == size:
            self._check(sha256)
        if self.loses_answer_of == len(self.taken):
            raise Unreachable(answered="ReadError")
        return await self.standing(sha256, size)

    async def read(self, sha256: str, at: int, most: int) -> bytes:
        if sha256 not in self.whole or not self.tells_of(sha256, None):
            raise NotFound("blob_unknown", field="sha256")
        return self.kept[sha256][at : at + most]

    def _check(self, sha256: str) -> None:
        if hashlib.sha256(self.kept[sha256]).hexdigest() != sha256:
            del self.kept[sha256]
            raise NotValid("blob_hash", field="sha256")
        self.whole.add(sha256)
