"""Whether the store still knows what it once knew, held against what devices can prove.

A file that was put back by hand, a machine set back to a snapshot, a standby that had fallen behind and was promoted:
nobody has begun a new life then, and numbers that devices have seen would be given a second time. What the store itself
has sealed shows it: how far it told a device that the numbers go, and what it had made of a change that it has not.
"""

import logging
from collections.abc import Iterator

from sync_server.auth import Principal
from sync_server.kept import FELL_BACK, Event, Head
from sync_server.lives import life_of
from sync_server.seals import head_told, is_sealed
from sync_server.sent import Push
from sync_server.store import CentralStore, Reading
from visit_core.errors import Unreachable

log = logging.getLogger(__name__)


class Forgotten(Exception):
    """The store once gave the number `seq`, and has lost it."""

    def __init__(self, head: Head, seq: int) -> None:
        super().__init__(seq)
        self.head = head
        self.seq = seq


def check_memory(reading: Reading, device: str, push: Push) -> None:
    """Forgotten if the device proves that more was here once."""
    head = reading.head()
    told = head_told(reading, device, push.request.pull.bookmark if push.request.pull else None, head.seq)
    proved = max([told, *_taken_once(reading, device, push, head)])
    if proved:
        raise Forgotten(head, proved)


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


def _taken_once(reading: Reading, device: str, push: Push, head: Head) -> Iterator[int]:
    """The numbers of changes that were taken in this life, or in a later one, and are not here, or came anew since."""
    brought = {one.was_n or one.n: one for one in push.request.resent or () if life_of(one.seq) >= life_of(head.seq)}
    if brought:
        sent_by_n = {sent.n: sent for sent in push.changes}
        here = {n: logged.seq for n, logged in reading.known(device, min(brought), max(brought)).items()}
        missing = [one for n, one in brought.items() if here.get(n) != one.seq and one.n in sent_by_n]
        yield from (one.seq for one in missing if is_sealed(reading, device, sent_by_n[one.n], one))
