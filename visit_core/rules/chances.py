"""Whom a sale may come of now, and why: a need, a purchase that is due again, what they look at, what they promise.

    N  a need that is open             30 urgent or important, 20 any other
    R  bought at intervals             30 the usual interval is over, 15 nearly; nothing after three of them
    B  what they did elsewhere         2 a look, 4 a search, 4 a tap, 8 kept, of 30 days; at most 20
    O  an opportunity that is open     20 quoted or negotiated, 10 before
    P  never bought, and promising     a fifth of a prospect score from 40 on

A pure function of facts and a day, so phone and server say the same. Each line says what it gives of the hundred.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from visit_core.fields import Fields

Letter = Literal["N", "R", "B", "O", "P"]

LISTED_FROM = 15
"""Of a hundred: below it a customer is no more than one of many."""
RECENT_DAYS = 30
PROMISING = 40
WEIGHT: Mapping[str, int] = {"browse": 2, "search": 4, "click": 4, "favourite": 8, "other": 2}
MOST_BY_BEHAVIOUR, FEWEST_PURCHASES = 20, 2
OPEN_NEED = ("open", "doing", None)
PRESSING_STAGES, OPEN_STAGES = ("quote", "negotiate"), ("contact", "need", "quote", "negotiate")
NEARLY, LAPSED = 0.8, 3
"""Of the usual interval: from when on a purchase is nearly due, and after how many nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Signals:
    """All that a chance is told by, of one customer. What is dated later than the day counts for nothing."""

    needs: Sequence[Fields] = ()
    purchases: Sequence[Fields] = ()
    events: Sequence[Fields] = ()  # behaviour
    opportunities: Sequence[Fields] = ()
    promise: int = 0  # the prospect score, of who never bought


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, and what it gives of the hundred."""

    letter: Letter
    key: str  # of the sentence that tells it
    gives: int
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a sale is, of a hundred, and why; the strongest reason first."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_listed(self) -> bool:
        """Whether it is worth a line."""
        return self.score >= LISTED_FROM


def chance_of(signals: Signals, as_of: date) -> Chance:
    """The chance on that day."""
    found = (*_need(signals), *_again(signals, as_of), *_behaviour(signals, as_of), *_open(signals), *_promise(signals))
    reasons = tuple(sorted(found, key=lambda one: -one.gives))
    return Chance(min(100, sum(one.gives for one in reasons)), reasons)


def _need(signals: Signals) -> Iterator[Reason]:
    waiting = [one for one in signals.needs if one.get("status") in OPEN_NEED]
    if any(one.get("urgency") == "urgent" or one.get("priority") == "high" for one in waiting):
        yield Reason("N", "pressing_need", 30, {"count": len(waiting)})
    elif waiting:
        yield Reason("N", "need", 20, {"count": len(waiting)})


def _again(signals: Signals, as_of: date) -> Iterator[Reason]:
    days = sorted({day for day in _days(signals.purchases, "purchase_date") if day <= as_of})
    if len(days) < FEWEST_PURCHASES:
        return
    every, since = (days[-1] - days[0]).days / (len(days) - 1), (as_of - days[-1]).days
    if NEARLY * every <= since <= LAPSED * every:
        is_due = since >= every
        facts = {"every": round(every), "since": since}
        yield Reason("R", "due_again" if is_due else "nearly_due", 30 if is_due else 15, facts)


def _behaviour(signals: Signals, as_of: date) -> Iterator[Reason]:
    since = as_of - timedelta(days=RECENT_DAYS)
    seen = [one for one in signals.events if any(since < day <= as_of for day in _days([one], "at"))]
    weights = [WEIGHT[str(one.get("kind"))] for one in seen if one.get("kind") in WEIGHT]
    if weights:
        gives = min(MOST_BY_BEHAVIOUR, sum(weights))
        yield Reason("B", "behaviour", gives, {"count": len(weights), "days": RECENT_DAYS})


def _open(signals: Signals) -> Iterator[Reason]:
    stages = [one.get("stage") for one in signals.opportunities if one.get("stage") in OPEN_STAGES]
    if stages:
        gives = 20 if any(stage in PRESSING_STAGES for stage in stages) else 10
        yield Reason("O", "opportunity", gives, {"count": len(stages)})


def _promise(signals: Signals) -> Iterator[Reason]:
    if signals.promise >= PROMISING and not signals.purchases:
        yield Reason("P", "promising", signals.promise // 5, {"score": signals.promise})


def _days(records: Iterable[Fields], name: str) -> Iterator[date]:
    said = (str(one.get(name) or "")[:10] for one in records)
    return (date.fromisoformat(text) for text in said if text)
