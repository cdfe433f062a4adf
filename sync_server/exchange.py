"""One exchange with a device: take its changes, then hand out what others changed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sync_server.auth import Principal, authorize
from sync_server.clock import TOLERATED_MS
from sync_server.entering import Answered
from sync_server.kept import Event, Pace
from sync_server.pull import MAX_SEQ, Page, page
from sync_server.reconcile import Taken, first_answer, take
from sync_server.remembering import Forgotten, begin_life, check_memory
from sync_server.sent import Push
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.errors import ClonedDevice, NotAllowed, WrongEpoch
from visit_core.protocol import ClockVerdict, Here, PullRequest, SyncResponse, check_protocol
from visit_core.stamp import instant

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device is told: `told` has neither results nor a page in it."""

    told: SyncResponse
    results: Sequence[Answered]
    page: Page | None
    is_brief: bool = False

    def as_json(self) -> bytes:
        """A `SyncResponse`."""
        told = self.told.model_dump_json(exclude_none=True, exclude={"results"})
        results = ",".join(self._results())
        whole = f'{told[:-1]},"results":[{results}]'.encode()
        return b'%b,"pull":%b}' % (whole, self.page.as_json()) if self.page else whole + b"}"

    def _results(self) -> Iterator[str]:
        if not self.is_brief:
            yield from (result.said for result in self.results)
            return
        yield from (result.said for result in self.results[:1])
        yield from (result.after(before) for before, result in pairwise(self.results))


def exchange(
    store: CentralStore,
    principal: Principal,
    push: Push,
    *,
    now_ms: Callable[[], int],
    max_bytes: int,
    window_days: int = 0,
) -> Answer:
    """Push and pull in one. Twice is harmless. A cloned device and a denial are written down.

    With `window_days` what is done and was not touched for so long is left out. Who brings nothing is only read to.
    WrongEpoch for who knows another life of the store, and for who proves that it has lost something: a life begins.
    """
    try:
        return _exchanged(store, principal, push, now_ms, max_bytes=max_bytes, window_days=window_days)
    except Forgotten:
        raise WrongEpoch(epoch=begin_life(store, principal, push, now_ms())) from None


def _exchanged(
    store: CentralStore,
    principal: Principal,
    push: Push,
    now_ms: Callable[[], int],
    *,
    max_bytes: int,
    window_days: int,
) -> Answer:
    now, asked = now_ms(), push.request.pull
    try:
        _check(principal, push)
        pushed = _push(store, principal, push, now) if push.changes else None
    except (ClonedDevice, NotAllowed) as refused:
        store.note(Event(principal.person, refused.code, refused.facts), now_ms())
        raise
    if pushed and not asked:
        return _answer(push, pushed, None)

    def look(reading: Reading) -> tuple[_Pushed, Page | None]:
        told = pushed or _looked_in(reading, principal, push, now)
        from_ms = told.taken.server_ms - window_days * DAY_MS
        window_from = instant(from_ms) if window_days else ""
        return told, _page(reading, principal, asked, max_bytes=max_bytes, window_from=window_from)

    told, given = store.read(principal.team, look)
    if not pushed:
        store.saw(principal.team, told.pace)
    return _answer(push, told, given)


@dataclass(frozen=True, slots=True)
class _Pushed:
    taken: Taken
    epoch: str
    pace: Pace
    here: dict[str, Here] | None


def _check(principal: Principal, push: Push) -> None:
    check_protocol(push.request.protocol)
    authorize(principal, "sync", principal.team)
    if push.request.device != principal.device:
        raise NotAllowed(why="device")


def _push(store: CentralStore, principal: Principal, push: Push, now_ms: int) -> _Pushed:
    def merge(ledger: Ledger) -> _Pushed:
        check_memory(ledger, principal.device, push)
        epoch = ledger.head().epoch
        _check_epoch(epoch, push.request.epoch)
        here = _here(ledger, principal.device, push.request.asks)
        taken = take(ledger, principal, push, now_ms)
        pace = _pace(ledger, principal, push.request.pull, taken.server_ms)
        ledger.keep_pace(pace)
        return _Pushed(taken, epoch, pace, here)

    return store.write(principal.team, merge)


def _looked_in(reading: Reading, principal: Principal, push: Push, now_ms: int) -> _Pushed:
    """How a device stands that has brought nothing."""
    check_memory(reading, principal.device, push)
    head = reading.head()
    _check_epoch(head.epoch, push.request.epoch)
    server_ms = max(now_ms, head.clock_ms)
    taken = Taken([], reading.mark(principal.device).last_n + 1, server_ms)
    pace = _pace(reading, principal, push.request.pull, server_ms)
    return _Pushed(taken, head.epoch, pace, _here(reading, principal.device, push.request.asks))


def _here(reading: Reading, device: str, asks: Collection[str] | None) -> dict[str, Here] | None:
    """What became of those changes of a device that has lost count; None if it does not ask."""
    if asks is None:
        return None
    found = reading.sent_as(device, asks).items()
    return {at: Here(kind=one.kind, id=one.id, result=first_answer(one)) for at, one in found}


def _pace(reading: Reading, principal: Principal, asked: PullRequest | None, server_ms: int) -> Pace:
    """That the device is here, and how far it has read by its own word."""
    pace = replace(reading.pace(principal.device), seen_ms=server_ms)
    if not asked:
        return pace
    lowest = min(asked.cursors.get(scope, 0) for scope in principal.scopes)
    return replace(pace, cursor=min(max(lowest, 0), MAX_SEQ))


def _page(
    reading: Reading, principal: Principal, asked: PullRequest | None, *, max_bytes: int, window_from: str
) -> Page | None:
    if asked is None:
        return None
    _check_epoch(reading.head().epoch, asked.epoch)
    return page(reading, principal, asked, max_bytes, window_from=window_from)


def _answer(push: Push, told: _Pushed, given: Page | None) -> Answer:
    taken = told.taken
    offset_ms = taken.server_ms - push.request.sent.wall_ms
    answer = SyncResponse(
        epoch=told.epoch,
        expect_n=taken.expect_n,
        server_ms=taken.server_ms,
        clock=ClockVerdict(offset_ms=offset_ms, status="ok" if abs(offset_ms) <= TOLERATED_MS else "corrected"),
        safe_n=min(told.pace.safe_n, taken.expect_n - 1),
        here=told.here,
    )
    return Answer(answer, taken.results, given, push.request.brief)


def _check_epoch(epoch: str, named: str | None) -> None:
    if named is not None and named != epoch:
        raise WrongEpoch(epoch=epoch)
