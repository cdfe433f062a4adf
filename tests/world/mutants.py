"""Holes that this protocol must not have, each cut into one class of the product while a run lasts.

The product's code does not know of them. A simulated world that lets one of them live is not worth its time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from field_app import taking_in
from field_app.base_rows import BaseRows
from field_app.outbox import Outbox
from field_app.progress import Progress
from sync_server import clock, exchange, merging, pull, reconcile
from sync_server.auth import Principal
from sync_server.store_sql import copying
from tests.world import mix
from visit_core.ids import lead_scope
from visit_core.stamp import Stamp

Cuts = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is wrong with it, and within how many seeds from `first` the world must notice, by which promise."""

    wrong: str
    seeds: int
    cuts: Cuts
    notices: str = ""  # a promise of the oracle's; any where it is empty
    first: int = 0


def no_idempotency(patch: pytest.MonkeyPatch) -> None:
    answers = reconcile._Reception.answers

    def again(self: Any, together: Any) -> Any:
        for sent in together:
            if sent.change and sent.n <= self.last_n and sent.change.fields and sent.change.op == "set":
                now = Stamp(self._merging.server_ms, 0, self._principal.device)
                self._merging.put((sent.change.kind, sent.change.id), sent.change.fields, now, by=sent.change.by)
        return answers(self, together)

    patch.setattr(reconcile._Reception, "answers", again)


def hole_in_pull(patch: pytest.MonkeyPatch) -> None:
    within = pull._within

    def holey(*told: Any, **more: Any) -> Any:
        rows = list(within(*told, **more))
        return iter(rows[:-2] + rows[-1:] if len(rows) > 2 else rows)

    patch.setattr(pull, "_within", holey)


def cursor_per_page(patch: pytest.MonkeyPatch) -> None:
    page = pull.page

    def hasty(*told: Any, **more: Any) -> Any:
        given = page(*told, **more)
        return replace(given, cursors=dict.fromkeys(given.cursors, given.told.head))

    patch.setattr(exchange, "page", hasty)


def scope_race(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Progress, "still_asks", lambda self, asked: True)
    patch.setattr(taking_in, "_fits", lambda pull, progress: pull.epoch == progress.epoch)


def no_clamp(patch: pytest.MonkeyPatch) -> None:
    effective = clock.effective

    def believing(raw: Any, true_ms: int, server_ms: int, **more: Any) -> Any:
        return effective(raw, raw.wall_ms, 2**43, **more)

    patch.setattr(reconcile, "effective", believing)


def no_epoch(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copying, "begin_life", lambda connection, epoch, beyond, **more: False)
    often_restored(patch)


def last_writer_by_arrival(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merging, "merge", lambda a, b, rule_of: {**a, **b})


def stamps_by_arrival(patch: pytest.MonkeyPatch) -> None:
    effective = clock.effective

    def arriving(raw: Any, true_ms: int, server_ms: int, **more: Any) -> Any:
        return effective(raw, server_ms, server_ms, **more)

    patch.setattr(reconcile, "effective", arriving)


def no_leave_row(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(BaseRows, "leave", lambda self, scopes: None)


def often_away(patch: pytest.MonkeyPatch) -> None:
    """A mix in which months go by more often: what shows only then is seldom otherwise."""
    for act, weight in {"long_away": 60, "edit": 5}.items():
        patch.setitem(mix.SELDOM, act, weight)


def often_restored(patch: pytest.MonkeyPatch) -> None:
    """A mix in which backups are put back more often."""
    for act, weight in {"backup": 30, "restore": 30, "long_away": 1, "create": 30}.items():
        patch.setitem(mix.SELDOM, act, weight)


def no_horizon(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pull, "_has_missed", lambda cursors, walk_head, floor: False)
    often_away(patch)


def collected_during_a_walk(patch: pytest.MonkeyPatch) -> None:
    has_missed = pull._has_missed

    def trusting(cursors: Collection[int], walk_head: int, floor: int) -> bool:
        return not walk_head and has_missed(cursors, walk_head, floor)

    patch.setattr(pull, "_has_missed", trusting)
    patch.setattr(mix, "PAGES", (400,))
    often_away(patch)


def no_rewind(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Outbox, "rewind", lambda self, expect_n: None)
    often_restored(patch)


def no_memory(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(exchange, "check_memory", lambda *told: None)
    for act, weight in {"backup": 40, "fall_back": 40, "restore": 1, "long_away": 1, "create": 60}.items():
        patch.setitem(mix.SELDOM, act, weight)


def no_sweep(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(BaseRows, "sweep", lambda self, mark: None)


def seal_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reconcile._Reception, "_brought_back", lambda self, sent: None)
    often_restored(patch)


def conflict_unlogged(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reconcile, "clashes", lambda *told: iter(()))


def scope_leak(patch: pytest.MonkeyPatch) -> None:
    scopes = Principal.scopes.fget  # type: ignore[attr-defined]
    patch.setattr(Principal, "scopes", property(lambda self: (*scopes(self), lead_scope(self.team))))


def written_twice(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(merging, "rule_of", lambda kind: lambda register: "last")


def torn_transaction(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reconcile, "_company", lambda sent: (1, sent.n))


def never_aging(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(BaseRows, "let_age", lambda self, window_from, spared: 0)
    much_done(patch)


def late_news_left_out(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(pull, "_is_news", lambda entry, read_before: False)
    patch.setattr(mix, "WINDOWS", (30,))
    patch.setattr(mix, "OFTEN", {"edit": 2, "both": 1, "sync": 10})
    for act, weight in {"review": 120, "long_away": 40, "visit": 20}.items():
        patch.setitem(mix.SELDOM, act, weight)


def asked_for_forgotten(patch: pytest.MonkeyPatch) -> None:
    take = BaseRows.take

    def taking(self: Any, rows: Any, mark: str, *, is_asked_for: bool = False) -> None:
        take(self, rows, mark)

    patch.setattr(BaseRows, "take", taking)
    much_done(patch)


def lost_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(exchange, "_here", lambda ledger, device, asks: None)
    for act in ("copy_phone", "go_back"):
        patch.setitem(mix.SELDOM, act, 60)


def much_done(patch: pytest.MonkeyPatch) -> None:
    """A mix in which much is done, grows old and is looked up again."""
    patch.setattr(mix, "WINDOWS", (30,))
    for act, weight in {"contact": 80, "older": 80, "long_away": 80, "review": 20, "visit": 10}.items():
        patch.setitem(mix.SELDOM, act, weight)


MUTANTS: Mapping[str, Mutant] = {
    "idempotency": Mutant("a change that comes again is merged again", 40, no_idempotency),
    "hole in pull": Mutant("a page leaves out the last row but one", 40, hole_in_pull),
    "cursor per page": Mutant("a page moves the cursor to the head instead of its last row", 40, cursor_per_page),
    "scope race": Mutant("an answer for scopes that are no longer ours is taken in", 40, scope_race),
    "clamp": Mutant("the server believes a device's clock", 40, no_clamp),
    "epoch": Mutant("a restore begins no new life", 40, no_epoch),
    "last writer by arrival": Mutant("what comes last stands", 40, last_writer_by_arrival),
    "stamps by arrival": Mutant("a change counts from when it came", 40, stamps_by_arrival),
    "leave row": Mutant("the rows of a lost scope stay", 40, no_leave_row),
    "horizon": Mutant("nobody is told that tombstones were collected", 40, no_horizon),
    "collected during a walk": Mutant("a walk that the floor overtakes goes on", 40, collected_during_a_walk, first=40),
    "memory": Mutant("a store that fell back goes on as if it had not", 60, no_memory),
    "rewind": Mutant("what a restore lost is not sent again", 40, no_rewind),
    "sweep": Mutant("what a walk did not bring stays", 40, no_sweep),
    "seal": Mutant("what a device brings back gets a fresh stamp", 40, seal_forgotten),
    "conflict": Mutant("an overruled value is not written down", 40, conflict_unlogged),
    "scope leak": Mutant("a rep is sent what is for supervisors", 40, scope_leak),
    "written once": Mutant("what is written once is written again", 80, written_twice, first=120),
    "transaction": Mutant("what was kept together is taken one by one", 40, torn_transaction, "torn_transaction"),
    "lost count": Mutant("nobody tells a device that has lost count what is there", 80, lost_count),
    "window": Mutant("what has grown old stays", 40, never_aging, "not_aged"),
    "late news": Mutant("what was changed long ago and arrives late is not sent", 40, late_news_left_out),
    "on demand": Mutant("what came on demand goes the next day", 80, asked_for_forgotten),
}
