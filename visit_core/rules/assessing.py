"""All that follows from a customer's record and what hangs on it, on one day: grade, promise, stage, freshness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import JsonValue

from visit_core.fields import Fields
from visit_core.rules.chances import Chance, Signals, chance_of
from visit_core.rules.grade import (
    USUAL,
    WILLING,
    Grade,
    Graded,
    Thresholds,
    Worth,
    by_hand_in_force,
    graded,
    promise,
    prospect,
)
from visit_core.rules.lifecycle import PROMISING_INTENTIONS, PROMISING_OUTCOMES, Life, Stage, Staged, staged
from visit_core.rules.staleness import is_stale

MOVES_STAGE = ("purchase", "visit", "contact_record", "satisfaction_rating", "lifecycle_event")
"""Kinds of what a customer's stage follows from."""

HANGS_ON = (*MOVES_STAGE, "need", "behaviour_event", "opportunity")
"""Kinds of what a customer's assessment follows from, beside the customer's own record."""

YEAR_DAYS = 365
NOBODY_MET = frozenset({"not_home", "moved", "invalid"})
STAGES: dict[str, Stage] = {
    stage: stage for stage in ("lead", "prospect", "new", "active", "loyal", "at_risk", "churned")
}


@dataclass(frozen=True, slots=True)
class History:
    """What hangs on one customer, as fields of records that are not in the bin."""

    purchases: Sequence[Fields] = ()
    visits: Sequence[Fields] = ()
    contacts: Sequence[Fields] = ()
    ratings: Sequence[Fields] = ()
    stages: Sequence[Fields] = ()  # lifecycle events
    needs: Sequence[Fields] = ()
    events: Sequence[Fields] = ()  # behaviour
    opportunities: Sequence[Fields] = ()
    referrals: int = 0  # customers whom they sent to us


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say of a customer."""

    worth: Worth
    by_rule: Graded
    grade: Grade  # the one that counts
    is_by_hand: bool  # because somebody gave it, and not the rule
    prospect: Graded
    staged: Staged
    is_stale: bool
    chance: Chance  # that a sale comes of it now


def assess(customer: Fields, history: History, as_of: date, thresholds: Thresholds = USUAL) -> Assessment:
    """What the rules say of a customer on that day."""
    worth = worth_of(customer, history, as_of)
    by_rule = graded(worth, thresholds)
    by_hand = by_hand_in_force(_text(customer, "grade_manual"), _day(customer, "grade_manual_on"), as_of)
    grade = by_hand or by_rule.grade
    hoped = prospect(worth)
    verified = _day(customer, "verified_at") or _day(customer, "created_at")
    return Assessment(
        worth,
        by_rule,
        grade,
        by_hand is not None,
        hoped,
        staged(life_of(history, grade, as_of), as_of),
        is_stale(verified, grade, as_of),
        chance_of(_signals(history, hoped.score), as_of),
    )


def _signals(history: History, promise: int) -> Signals:
    return Signals(history.needs, history.purchases, history.events, history.opportunities, promise)


def promise_of(customer: Fields) -> int:
    """How promising somebody is who has never bought, of a hundred; `Assessment.prospect` tells the terms."""
    strategic, power = _mark(customer, "strategic_value"), _mark(customer, "purchase_power")
    return promise(Worth(None, willingness=_willingness(customer), strategic=strategic, power=power))


def worth_of(customer: Fields, history: History, as_of: date) -> Worth:
    """The facts of the grade. Purchases dated later than that day are not known yet."""
    dated = [(day, one) for one in history.purchases if (day := _day(one, "purchase_date")) and day <= as_of]
    recent = [one for day, one in dated if (as_of - day).days <= YEAR_DAYS]
    amounts = [Decimal(str(one["amount"])) for one in recent if one.get("amount") is not None]
    return Worth(
        days_since=min(((as_of - day).days for day, _ in dated), default=None),
        bought=len(recent),
        spent=sum(amounts, Decimal(0)),
        unknown=len(recent) - len(amounts),
        referrals=history.referrals,
        willingness=_willingness(customer),
        strategic=_mark(customer, "strategic_value"),
        power=_mark(customer, "purchase_power"),
    )


def life_of(history: History, grade: Grade, as_of: date) -> Life:
    """The facts of the stage."""
    marks = [_mark(one, "score") for one in history.ratings if one.get("score")]
    last = max(history.stages, key=lambda one: str(one.get("at")), default={})
    pinned = STAGES.get(str(last.get("to"))) if last.get("cause") == "manual" else None
    return Life(
        purchases=tuple(day for one in history.purchases if (day := _day(one, "purchase_date"))),
        last_contact=max((day for day in _talks(history) if day <= as_of), default=None),
        is_promising=any(map(_went_well, history.visits)),
        grade=grade,
        satisfaction=sum(marks) / len(marks) if marks else None,
        pinned=pinned,
        pinned_on=_day(last, "at"),
    )


def _talks(history: History) -> Iterable[date]:
    met = (one for one in history.visits if one.get("outcome") not in NOBODY_MET)
    days = (*(_day(one, "check_in_at") for one in met), *(_day(one, "contact_at") for one in history.contacts))
    return (day for day in days if day)


def _went_well(visit: Fields) -> bool:
    return visit.get("outcome") in PROMISING_OUTCOMES or visit.get("purchase_intention") in PROMISING_INTENTIONS


def _willingness(customer: Fields) -> int:
    if customer.get("willingness") is not None:
        return _mark(customer, "willingness")
    return WILLING.get(str(customer.get("purchase_intention")), 0)


def _mark(fields: Fields, name: str) -> int:
    value = fields.get(name)
    return value if isinstance(value, int) else 0


def _day(fields: Fields, name: str) -> date | None:
    value: JsonValue = fields.get(name)
    return date.fromisoformat(value[:10]) if isinstance(value, str) and len(value) >= 10 else None


def _text(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) else None
