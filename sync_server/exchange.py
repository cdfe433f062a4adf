"""One exchange with a device: take its changes, then hand out what others changed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sync_server.auth import Principal, authorize
from sync_server.clock import TOLERATED_MS
from sync_server.intake import Push
from sync_server.kept import Event, Pace
from sync_server.pull import MAX_SEQ, page
from sync_server.reconcile import Taken, take
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.errors import ClonedDevice, NotAllowed, WrongEpoch
from visit_core.protocol import ClockVerdict, PullRequest, PullResponse, SyncResponse, check_protocol
from visit_core.stamp import instant

DAY_MS = 86_400_000


def exchange(
    store: CentralStore,
    principal: Principal,
    push: Push,
    *,
    now_ms: Callable[[], int],
    max_bytes: int,
    window_days: int = 0,
) -> SyncResponse:
    """Push and pull in one. Twice is harmless. A cloned device and a denial are written down.

    With `window_days` what is done and was not touched for so long is left out.
    """
    try:
        pushed = _push(store, principal, push, now_ms())
    except (ClonedDevice, NotAllowed) as refused:
        store.note(Event(principal.person, refused.code, refused.facts), now_ms())
        raise
    taken = pushed.taken
    window_from = instant(taken.server_ms - window_days * DAY_MS) if window_days else ""
    offset_ms = taken.server_ms - push.request.sent.wall_ms
    return SyncResponse(
        epoch=pushed.epoch,
        expect_n=taken.expect_n,
        results=list(taken.results),
        server_ms=taken.server_ms,
        clock=ClockVerdict(offset_ms=offset_ms, status="ok" if abs(offset_ms) <= TOLERATED_MS else "corrected"),
        safe_n=pushed.safe_n,
        pull=_pull(store, principal, push.request.pull, max_bytes, window_from) if push.request.pull else None,
    )


@dataclass(frozen=True, slots=True)
class _Pushed:
    taken: Taken
    epoch: str
    safe_n: int


def _push(store: CentralStore, principal: Principal, push: Push, now_ms: int) -> _Pushed:
    check_protocol(push.request.protocol)
    authorize(principal, "sync", principal.team)
    if push.request.device != principal.device:
        raise NotAllowed(why="device")

    def merge(ledger: Ledger) -> _Pushed:
        epoch = ledger.head().epoch
        _check_epoch(epoch, push.request.epoch)
        taken = take(ledger, principal, push, now_ms)
        pace = _pace(ledger, principal, push.request.pull, taken.server_ms)
        return _Pushed(taken, epoch, min(pace.safe_n, taken.expect_n - 1))

    return store.write(principal.team, merge)


def _pace(ledger: Ledger, principal: Principal, asked: PullRequest | None, server_ms: int) -> Pace:
    """Note that the device was here, and how far it has read by its own word."""
    pace = replace(ledger.pace(principal.device), seen_ms=server_ms)
    if asked:
        lowest = min(asked.cursors.get(scope, 0) for scope in principal.scopes)
        pace = replace(pace, cursor=min(max(lowest, 0), MAX_SEQ))
    ledger.keep_pace(pace)
    return pace


def _pull(
    store: CentralStore, principal: Principal, asked: PullRequest, max_bytes: int, window_from: str
) -> PullResponse:
    def turn(reading: Reading) -> PullResponse:
        _check_epoch(reading.head().epoch, asked.epoch)
        return page(reading, principal, asked, max_bytes, window_from=window_from)

    return store.read(principal.team, turn)


def _check_epoch(epoch: str, named: str | None) -> None:
    if named is not None and named != epoch:
        raise WrongEpoch(epoch=epoch)
