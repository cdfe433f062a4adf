"""What a customer of a grade is to have from us, and when the next visit to them is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from visit_core.fields import Fields
from visit_core.picklists import GRADE

TIERS = tuple(choice.code for choice in GRADE.choices)
USUAL_DAYS: Mapping[str, int] = {"A": 30, "B": 60, "C": 90}
"""From visit to visit, where an organisation has said nothing else."""


@dataclass(frozen=True, slots=True)
class Care:
    """What customers of one tier are to have."""

    tier: str
    days: int  # from visit to visit
    reward: str = ""
    care: str = ""
    is_set: bool = False  # by an admin; else it is what is usual


def care_by_tier(strategies: Iterable[Fields]) -> dict[str, Care]:
    """For every tier; of two strategies that were made apart for one, the last counts."""
    told = {str(one.get("tier")): one for one in strategies}
    return {tier: _care(tier, told.get(tier)) for tier in TIERS}


def tier_of(grade: str) -> str:
    """Whose grade says nothing yet stands with those of whom more is hoped than known: C."""
    return grade if grade in TIERS else TIERS[-1]


def next_visit(care: Care, last: date | None) -> date | None:
    """The day on which the next visit is due; None where nobody was ever there."""
    return last + timedelta(days=care.days) if last else None


def _care(tier: str, said: Fields | None) -> Care:
    if said is None:
        return Care(tier, USUAL_DAYS[tier])
    days = said.get("visit_every_days")
    every = days if isinstance(days, int) else USUAL_DAYS[tier]
    return Care(tier, every, str(said.get("reward") or ""), str(said.get("care") or ""), is_set=True)
