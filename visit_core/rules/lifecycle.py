"""Where a customer stands between the first contact and the last: by rule, unless somebody has said otherwise."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Stage = Literal["lead", "prospect", "new", "active", "loyal", "at_risk", "churned"]
Why = Literal[
    "first_contact", "promising", "first_purchase", "bought_again", "month_after_first", "buys_often", "content_and_a",
    "quiet_half_year", "quiet_year", "said_so", "pinned",
]  # fmt: skip

MONTH, HALF_YEAR, YEAR = timedelta(days=30), timedelta(days=180), timedelta(days=365)
LOYAL_PURCHASES, LOYAL_MEAN = 4, 4.0
PROMISING_OUTCOMES = frozenset({"sold", "interested", "follow_up", "info_left"})
PROMISING_INTENTIONS = frozenset({"very", "yes", "neutral"})


@dataclass(frozen=True, slots=True)
class Life:
    """The facts that a stage is worked out from."""

    purchases: tuple[date, ...] = ()  # days, in any order
    last_contact: date | None = None  # when somebody of ours last spoke with them
    is_promising: bool = False  # a visit went well, or showed an intention that is neutral or better
    grade: str = "C"
    satisfaction: float | None = None  # mean of all marks 1-5
    pinned: Stage | None = None  # what a person said, if that was the last word
    pinned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """A stage and the rule that it follows from."""

    stage: Stage
    why: Why


def staged(life: Life, as_of: date) -> Staged:
    """The stage on that day. What is dated later is not known yet; who left and buys again is active."""
    bought = sorted(day for day in life.purchases if day <= as_of)
    if life.pinned and not _came_back(life, bought):
        return Staged(life.pinned, "said_so" if life.pinned == "churned" else "pinned")
    if not bought:
        return Staged("prospect", "promising") if life.is_promising else Staged("lead", "first_contact")
    heard = max(bought[-1], life.last_contact) if life.last_contact else bought[-1]
    return _gone_quiet(as_of - heard) or _customer(life, bought, as_of)


def _came_back(life: Life, bought: list[date]) -> bool:
    return life.pinned == "churned" and bool(bought) and life.pinned_on is not None and bought[-1] > life.pinned_on


def _gone_quiet(silence: timedelta) -> Staged | None:
    if silence >= YEAR:
        return Staged("churned", "quiet_year")
    return Staged("at_risk", "quiet_half_year") if silence >= HALF_YEAR else None


def _customer(life: Life, bought: list[date], as_of: date) -> Staged:
    if sum(as_of - day <= YEAR for day in bought) >= LOYAL_PURCHASES:
        return Staged("loyal", "buys_often")
    if life.grade == "A" and life.satisfaction is not None and life.satisfaction >= LOYAL_MEAN:
        return Staged("loyal", "content_and_a")
    if len(bought) > 1:
        return Staged("active", "bought_again")
    is_settled = as_of - bought[0] >= MONTH
    return Staged("active", "month_after_first") if is_settled else Staged("new", "first_purchase")
