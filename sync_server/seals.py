"""What this store has told a device, under a seal that only its key gives: brought back, it is believed."""

import hmac
from dataclasses import dataclass
from typing import Protocol

from sync_server.sent import Sent
from visit_core.protocol import Resent


class Sealer(Protocol):
    """Whoever has the store's key."""

    def seal(self, said: str) -> str:
        """16 hex digits that only this store's key gives for that text."""


def seal_of_change(sealer: Sealer, device: str, n: int, name: str, stamp: str, seq: int) -> str:
    """On what was made of a device's change of that number and print."""
    return sealer.seal(f"{device} {n} {name} {stamp} {seq}")


def is_sealed(sealer: Sealer, device: str, sent: Sent, resent: Resent) -> bool:
    """Whether the store has once said that of this very change."""
    then = sent.numbered(resent.was_n) if resent.was_n else sent
    seals = (seal_of_change(sealer, device, then.n, name, resent.stamp, resent.seq) for name in then.prints())
    return any(hmac.compare_digest(sealed, resent.seal) for sealed in seals)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far a device was told that the numbers go, and the tag of the commit that left them there, if it had one."""

    head: int
    tag: str

    def sealed(self, sealer: Sealer, device: str) -> str:
        """As that device keeps it and brings it back."""
        return f"{self.head}.{self.tag}.{sealer.seal(f'{device} was told {self.head} {self.tag}')}"


def bookmark_in(sealer: Sealer, device: str, brought: str) -> Bookmark | None:
    """What a device brings back; None if it is not sealed for it."""
    head, tag, _ = brought.split(".")
    bookmark = Bookmark(int(head), tag)
    return bookmark if hmac.compare_digest(bookmark.sealed(sealer, device), brought) else None
