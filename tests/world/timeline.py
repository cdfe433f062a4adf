"""The order in which what a report tells happened, and how much time went by in between."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from field_app.actions.reporting import Report, Told
from field_app.steps import ANSWERED, Step
from visit_core.change import ClockEvidence

Happened = tuple[str, int, ClockEvidence, Sequence[Told], Step | None]
"""The stamp it came after, changes (0) before steps (1), what the clocks said, and which of the two it was."""


@dataclass(frozen=True, slots=True)
class Event:
    """Either changes that were kept in one moment, or one step on the wire."""

    passed_ms: int  # of true time since the event before
    ahead_ms: int  # how far the wall clock is ahead by then
    is_reboot: bool
    changes: Sequence[Told] = ()
    step: Step | None = None
    reached_server: bool = False  # for a step without an answer: the server had it all the same


@dataclass(frozen=True, slots=True)
class Timeline:
    """All of it; `sent_before` are changes that were sent before the first step that is still known."""

    sent_before: list[list[Told]]
    events: list[Event]


def timeline(report: Report) -> Timeline:
    """In the order of the device's stamps; a change comes before the step that sent it."""
    first_n = min((n for step in report.steps for n in step.sent), default=None)
    before = [told for told in report.changes if _is_before(told, first_n, report.steps)]
    later = [told for told in report.changes if told not in before]
    told = [*(_kept(group) for group in _groups(later)), *(_asked(step) for step in report.steps)]
    told.sort(key=lambda one: one[:2])
    return Timeline(_groups(before), list(_events(told, report)))


def _kept(group: Sequence[Told]) -> Happened:
    return group[0].at, 0, group[0].clock, group, None


def _asked(step: Step) -> Happened:
    return step.after or "", 1, step.clock, (), step


def _is_before(told: Told, first_n: int | None, steps: Sequence[Step]) -> bool:
    if told.n is None:
        return False
    return told.n < first_n if first_n is not None else bool(told.seq)


def _groups(changes: Sequence[Told]) -> list[list[Told]]:
    return [list(group) for _, group in groupby(changes, key=lambda told: (told.tx, told.tx or told.at))]


def _events(told: Sequence[Happened], report: Report) -> Iterator[Event]:
    last, ahead_ms = told[0][2] if told else None, _first_ahead(report)
    for _, _, clock, changes, step in told:
        is_reboot = last is not None and last.boot != clock.boot
        passed_ms = _passed(last or clock, clock)
        if last and not is_reboot:
            ahead_ms += clock.wall_ms - last.wall_ms - passed_ms
        last = clock
        yield Event(passed_ms, ahead_ms, is_reboot, changes, step, step is not None and _reached(step, report.steps))


def _passed(last: ClockEvidence, clock: ClockEvidence) -> int:
    """True time as far as the clocks tell: since a boot by the one that nobody sets, across one by the wall."""
    since = clock.wall_ms - last.wall_ms if last.boot != clock.boot else clock.mono_ms - last.mono_ms
    return max(0, since)


def _first_ahead(report: Report) -> int:
    for step in report.steps:
        if step.server_ms is not None:
            return step.clock.wall_ms - step.server_ms
    return 0


def _reached(step: Step, steps: Sequence[Step]) -> bool:
    """Whether the server had a request that it never answered: later it knew the numbers already."""
    later = [one for one in steps[steps.index(step) + 1 :] if one.ended == ANSWERED]
    known = next((one.told for one in later if set(one.told) & set(step.sent)), {})
    return any(known.get(n) == "duplicate" for n in step.sent)
