"""What a customer's purchases come to: how many, how much as far as that is known, how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from visit_core.fields import Fields


@dataclass(frozen=True, slots=True)
class Bought:
    """All purchases taken together."""

    times: int
    spent: Decimal  # CNY of those whose amount is known
    unknown: int  # purchases without an amount
    every_days: int | None  # mean days between two purchases; None for fewer than two days


def bought(purchases: Iterable[Fields]) -> Bought:
    """The sum of these."""
    every = list(purchases)
    amounts = [Decimal(str(one["amount"])) for one in every if one.get("amount") is not None]
    days = sorted({date.fromisoformat(str(one["purchase_date"])) for one in every if one.get("purchase_date")})
    gaps = len(days) - 1
    every_days = round((days[-1] - days[0]).days / gaps) if gaps > 0 else None
    return Bought(len(every), sum(amounts, Decimal(0)), len(every) - len(amounts), every_days)
