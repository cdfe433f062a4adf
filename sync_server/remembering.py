"""Whether the store still knows what it once knew, held against what devices can prove.

A file that was put back by hand, a machine set back to a snapshot, a standby that had fallen behind and was promoted:
nobody has begun a new life then, and numbers that devices have seen are given a second time. A device shows it by what
the store itself has told it under seal: how far the numbers go, and which commit had brought them there.
"""

import logging

from sync_server.auth import Principal
from sync_server.kept import FELL_BACK, Event, Head
from sync_server.lives import life_of
from sync_server.seals import Bookmark, bookmark_in
from sync_server.sent import Push
from sync_server.store import CentralStore, Reading
from visit_core.errors import Unreachable

log = logging.getLogger(__name__)


class Forgotten(Exception):
    """The store once gave the number `seq` to what it has lost."""

    def __init__(self, head: Head, seq: int) -> None:
        super().__init__(seq)
        self.head = head
        self.seq = seq


def bookmark(reading: Reading, device: str, head: Head) -> str:
    """For that device, which is told that the numbers go up to the head."""
    return Bookmark(head.seq, reading.tag(head.seq) or "").sealed(reading, device)


def check_memory(reading: Reading, device: str, push: Push) -> None:
    """Forgotten if the device proves that more was here once, or something else under the same numbers."""
    brought = push.request.pull.bookmark if push.request.pull else None
    told = bookmark_in(reading, device, brought) if brought else None
    head = reading.head()
    if told and (told.head > head.seq or _is_of_another_past(reading, told, head)):
        raise Forgotten(head, told.head)


def _is_of_another_past(reading: Reading, told: Bookmark, head: Head) -> bool:
    """Whether the commit that it tells of is not here and later ones are; after a restore that is as it should be."""
    if not told.tag or life_of(told.head) < life_of(head.seq):
        return False
    tag = reading.tag(told.head)
    return tag is not None and tag != told.tag


def begin_life(store: CentralStore, principal: Principal, push: Push, now_ms: int) -> str:
    """The epoch of the life that the store begins, or has begun meanwhile; its numbers are beyond all that is proved.

    Unreachable if whoever takes writes has forgotten nothing: then what was read is a copy that is behind.
    """
    lost = store.write(principal.team, lambda ledger: _lost(ledger, principal.device, push))
    if lost is None:
        raise Unreachable(why="behind")
    facts: dict[str, str | int] = {"device": principal.device, "told": lost.seq, "head": lost.head.seq}
    log.warning("the store had forgotten device=%s told=%s head=%s", principal.device, lost.seq, lost.head.seq)
    event = Event(principal.person, "life_begun", facts)
    epoch = store.begin_life(event, now_ms, instead_of=lost.head.epoch, beyond=lost.seq)
    store.know(FELL_BACK, str(now_ms), instead_of=store.fact(FELL_BACK))
    return epoch


def _lost(reading: Reading, device: str, push: Push) -> Forgotten | None:
    try:
        check_memory(reading, device, push)
    except Forgotten as lost:
        return lost
    return None
