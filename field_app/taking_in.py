"""What one answer of the server does to this device. The caller's transaction makes it one commit."""

from dataclasses import dataclass

from field_app.base_rows import BaseRows
from field_app.outbox import Outbox
from field_app.progress import Progress
from field_app.uncertain import counted_anew, take_here
from visit_core.protocol import PullResponse, SyncRequest, SyncResponse


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one answer."""

    pushed: int = 0  # changes the server has named
    refused: int = 0  # changes now in quarantine
    pulled: int = 0  # rows of the feed
    conflicts: int = 0  # open conflicts that we made or were told of
    has_more: bool = False
    is_ignored: bool = False
    back_off_s: float = 0


def take_answer(
    answer: SyncResponse, asked: SyncRequest, progress: Progress, outbox: Outbox, base: BaseRows
) -> tuple[Taken, Progress]:
    """Settle, count on, take rows in; give what came of it and how far we are now."""
    if answer.epoch != progress.epoch:
        outbox.forget_bases()
        return Taken(is_ignored=True, has_more=True), progress.begun_anew(answer.epoch)
    pushed, refused = outbox.settle(answer.results, answer.server_ms)
    progress = _numbered(answer, take_here(answer, asked, progress, outbox), outbox)
    marked = answer.pull.bookmark if answer.pull else None
    progress = progress.model_copy(update={"bookmark": marked or progress.bookmark})
    pull = answer.pull if answer.pull and _fits(answer.pull, progress) else None
    if pull:
        progress = _take_page(pull, progress, outbox, base, server_ms=answer.server_ms)
    taken = Taken(
        pushed=pushed,
        refused=refused,
        pulled=len(pull.rows) if pull else 0,
        conflicts=len(_conflicts(answer, pull)),
        has_more=pull.more if pull else False,
        back_off_s=max(0.0, answer.backoff_s),
    )
    return taken, progress


def _conflicts(answer: SyncResponse, pull: PullResponse | None) -> set[str]:
    rows = pull.rows if pull else []
    told = {row.id for row in rows if row.kind == "conflict" and (row.fields or {}).get("state") == "open"}
    return told | {result.conflict for result in answer.results if result.conflict}


def _numbered(answer: SyncResponse, progress: Progress, outbox: Outbox) -> Progress:
    """Go on where the server stands: after what it has, and from what it has lost."""
    if answer.expect_n < progress.next_n:
        outbox.rewind(answer.expect_n)
        progress = counted_anew(progress, outbox, answer.expect_n)
    if answer.safe_n > progress.safe_n:
        outbox.forget_safe(answer.safe_n)
    numbers = {"next_n": max(progress.next_n, answer.expect_n), "safe_n": max(progress.safe_n, answer.safe_n)}
    days = progress.offline_days if answer.offline_days is None else answer.offline_days
    return progress.model_copy(update={**numbers, "offline_days": days})


def _fits(pull: PullResponse, progress: Progress) -> bool:
    """Other scopes than ours fit only together with the list of them."""
    return pull.epoch == progress.epoch and (pull.scopes_v == progress.scopes_v or pull.scopes is not None)


def _take_page(pull: PullResponse, progress: Progress, outbox: Outbox, base: BaseRows, *, server_ms: int) -> Progress:
    if pull.scopes is not None:
        base.leave(set(progress.cursors) - set(pull.scopes))
        progress = progress.with_scopes(pull.scopes_v, pull.scopes)
    if pull.resync:
        return progress.walked_again()
    progress = progress.begun_walk(pull.head)
    base.take(pull.rows, progress.mark)
    reached = {(row.kind, row.id): row.seq for row in pull.rows}
    outbox.drop_drawn(reached, head=-1 if pull.more else pull.head)
    progress = progress.moved_to(pull.cursors).model_copy(update={"window_from": pull.window_from})
    return progress if pull.more else _at_head(progress, outbox, base, server_ms)


def _at_head(progress: Progress, outbox: Outbox, base: BaseRows, server_ms: int) -> Progress:
    if progress.is_sweeping:
        base.sweep(progress.mark)
    day = progress.window_from[:10]
    if day and day != progress.aged_on:
        base.let_age(progress.window_from, outbox.keys)
    return progress.model_copy(
        update={"is_sweeping": False, "walk_head": None, "last_sync_ms": server_ms, "aged_on": day}
    )
