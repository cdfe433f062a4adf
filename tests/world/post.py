"""The wire of the simulated world, and its calendar: what is under way, and what befalls it."""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from random import Random

from field_app.remote import _packed as packed_by_device
from sync_server.body import packed, plain
from tests.world.clocks import TrueTime
from tests.world.mix import Mix
from tests.world.office import Fate, Office, ServerDied
from tests.world.phone import Phone
from tests.world.watch import Broken, check_answer
from visit_core.error_codes import from_wire
from visit_core.errors import Unreachable
from visit_core.packing import READABLE, unpacked
from visit_core.protocol import ErrorAnswer, SyncRequest, SyncResponse

TIMEOUT_MS = 20_000
MOST_EXCHANGES = 400
MOST_BYTES = 10**8

Body = tuple[bytes, Mapping[str, str]]
"""As it travels, and the headers that say how it is packed."""


@dataclass(order=True, slots=True)
class Event:
    """Something that is to happen."""

    at_ms: int
    turn: int
    happens: Callable[[], object] = field(compare=False)
    is_arrival: bool = field(compare=False, default=False)
    is_over: bool = field(compare=False, default=False)
    whose: object = field(compare=False, default=None)


class Post:
    """Carries requests and answers: loses, doubles, delays and reorders them as the mix says."""

    def __init__(self, lots: Random, mix: Mix, time: TrueTime, office: Office) -> None:
        self._lots, self._mix, self._time, self._office = lots, mix, time, office
        self._events: list[Event] = []
        self._turns = 0
        self._told_to_read: dict[str, str] = {}  # what the server has said that it reads, by device
        self.is_calm = True
        self.held_back: set[tuple[str, int]] = set()  # syncs whose answers dawdle, by device
        self.tells: Callable[..., object] = lambda *_: None

    def passes(self, ms: int) -> None:
        """Time goes by, and what is due happens."""
        until = self._time.now_ms + ms
        while self._events and self._events[0].at_ms <= until:
            event = heapq.heappop(self._events)
            self._time.now_ms = max(self._time.now_ms, event.at_ms)
            self._happens(event)
        self._time.now_ms = until

    def sends(self, phone: Phone, ticket: int, asked: SyncRequest) -> None:
        """A request is on its way, once, twice or not at all; after a while nobody waits for the answer."""
        if phone.exchanges > MOST_EXCHANGES:
            raise Broken("never_ends", phone.exchanges)
        phone.sends_together(asked)
        body = packed_by_device(asked.model_dump_json(exclude_none=True).encode(), self._server_reads(phone))
        self._at(TIMEOUT_MS, lambda: phone.hears(ticket, Unreachable()))
        if not self._befalls(self._mix.lost_request):
            self._at(self._way_ms(), lambda: self._arrives(phone, ticket, body), arrives_from=phone)
        if self._befalls(self._mix.twice):
            late_ms = self._lots.randrange(self._mix.late_ms)
            self._at(late_ms, lambda: self._arrives(phone, 0, body), arrives_from=phone)

    def forgets(self, phone: Phone) -> None:
        """Nothing that phone has sent is on its way any more."""
        for event in self._events:
            event.is_over |= event.whose is phone

    def _server_reads(self, phone: Phone) -> str:
        return self._told_to_read.get(phone.store.me.device, "gzip")

    def _arrives(self, phone: Phone, ticket: int, came: Body) -> None:
        body = plain(came[0], came[1].get("Content-Encoding", ""), MOST_BYTES)
        fate = Fate(
            self._befalls(self._mix.dies_in_commit),
            self._befalls(self._mix.dies_between),
            self._somebody_else if self._befalls(self._mix.crowd) else lambda: None,
        )
        most = 10**9 if self.is_calm else self._mix.body_bytes
        try:
            principal, answer, is_good = self._office.serves(phone.store.me.token, body, fate, most)
        except ServerDied:
            self.tells("server dies", phone)
            return
        if is_good and principal:
            check_answer(principal, answer)
        self.tells("served" if is_good else "refused", phone, len(body), len(answer))
        if ticket and not self._befalls(self._mix.lost_answer):
            sent = packed(answer, _reads(phone))
            dawdles_ms = 4 * self._mix.slow_ms if (phone.store.me.device, ticket) in self.held_back else 0
            heard = partial(self._is_heard, phone, ticket, sent, is_good=is_good, life=self._office.restores)
            self._at(self._way_ms() + dawdles_ms, heard)

    def _is_heard(self, phone: Phone, ticket: int, came: Body, *, is_good: bool, life: int) -> None:
        if ticket not in phone.talks:
            return
        answer = unpacked(came[0], came[1].get("content-encoding", ""), MOST_BYTES)
        self._told_to_read[phone.store.me.device] = came[1]["accept-encoding"]
        if not is_good:
            refused = ErrorAnswer.model_validate_json(answer)
            phone.hears(ticket, from_wire(refused.code, dict(refused.facts)))
            return
        told = SyncResponse.model_validate_json(answer)
        phone.hears(ticket, told)
        phone.was_told(told, life)

    def _somebody_else(self) -> None:
        waiting = [event for event in self._events if event.is_arrival and not event.is_over]
        if waiting:
            self._happens(self._lots.choice(waiting))

    def _happens(self, event: Event) -> None:
        if not event.is_over:
            event.is_over = True
            event.happens()

    def _at(self, in_ms: int, happens: Callable[[], object], *, arrives_from: Phone | None = None) -> None:
        self._turns += 1
        event = Event(self._time.now_ms + in_ms, self._turns, happens, arrives_from is not None, whose=arrives_from)
        heapq.heappush(self._events, event)

    def _way_ms(self) -> int:
        return 20 if self.is_calm else self._lots.randrange(20, self._mix.slow_ms + 20)

    def _befalls(self, rate: float) -> bool:
        return not self.is_calm and self._lots.random() < rate


def _reads(phone: Phone) -> str:
    """Every other device is one without zstd, as phones are."""
    return READABLE if ord(phone.store.me.device[-1]) % 2 else "gzip"
