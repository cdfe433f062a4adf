"""What this store has told a device, under a seal that only its key gives: brought back, it is believed."""

import hmac
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


def bookmark(sealer: Sealer, device: str, head: int) -> str:
    """That this device was told that the numbers go up to `head`."""
    return f"{head}.{sealer.seal(f'{device} was told {head}')}"


def head_told(sealer: Sealer, device: str, marked: str | None, beyond: int) -> int:
    """The number on a bookmark that is beyond that one; 0 for any other, and where the seal is not ours."""
    head = int(marked.partition(".")[0]) if marked else 0
    if not marked or head <= beyond:
        return 0
    return head if hmac.compare_digest(bookmark(sealer, device, head), marked) else 0
