"""A, B or C: what a customer is worth to us, from what they bought, term by term.

    score = 4 × (1.0 R + 1.0 F + 1.5 M + 0.5 P + 0.5 W + 0.5 S)            at most 100
    grade = C if nothing was ever bought, else A from 60, B from 30, else C
    prospect score = 4 × (2.5 W + 1.5 B + 1.0 S)                           at most 100

A pure function of the facts and a day, so phone and server say the same. Every weight is a half, so every term
gives whole points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Grade = Literal["A", "B", "C"]
Letter = Literal["R", "F", "M", "P", "W", "S", "B"]
Steps = Sequence[tuple[int, int]]

HALVES: dict[Letter, int] = {"R": 2, "F": 2, "M": 3, "P": 1, "W": 1, "S": 1}
PROSPECT_HALVES: dict[Letter, int] = {"W": 5, "B": 3, "S": 2}
POINTS_A_HALF = 2

RECENT: Steps = ((30, 5), (90, 4), (180, 3), (365, 2))  # days at most, points; 1 beyond
OFTEN: Steps = ((12, 5), (6, 4), (3, 3), (2, 2), (1, 1))  # purchases at least, points
MUCH: Steps = ((20_000, 5), (8_000, 4), (3_000, 3), (1_000, 2))  # CNY at least, points; 1 for anything above zero
REFERRED: Steps = ((5, 5), (3, 4), (2, 3), (1, 2))  # customers at least, points
WILLING = {"very": 5, "yes": 4, "neutral": 3, "hesitant": 2, "no": 1}
"""What an intention counts as, where nobody has said how willing a customer is."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many points on a grade is given; changed by a new version, so that a grade can be told again."""

    a: int = 60
    b: int = 30
    version: int = 1


USUAL = Thresholds()


@dataclass(frozen=True, slots=True)
class Worth:
    """The facts that the grade is worked out from."""

    days_since: int | None  # since the last purchase; None if nothing was ever bought
    bought: int = 0  # purchases of the last 365 days
    spent: Decimal = Decimal(0)  # CNY of the last 365 days, as far as amounts are known
    unknown: int = 0  # purchases of the last 365 days without an amount
    referrals: int = 0
    willingness: int = 0  # 0-5
    strategic: int = 0  # 0-5
    power: int = 0  # 0-5


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a score: 0-5 points for a fact, and what they give of the hundred."""

    letter: Letter
    fact: str  # days, purchases, CNY, customers, or a mark of five; empty if there is none
    points: int
    gives: int


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade with its score and the terms that make it up."""

    grade: Grade
    score: int
    terms: tuple[Term, ...]
    unknown: int  # purchases left out of the sum because nobody wrote down an amount


def graded(worth: Worth, thresholds: Thresholds = Thresholds()) -> Graded:
    """The grade by the rule, explained."""
    terms = tuple(_term(letter, worth, halves) for letter, halves in HALVES.items())
    score = sum(term.gives for term in terms)
    return Graded(_grade(worth, score, thresholds), score, terms, worth.unknown)


def prospect(worth: Worth) -> Graded:
    """How promising somebody is who has not bought yet; the grade of such a customer is C."""
    terms = tuple(_term(letter, worth, halves) for letter, halves in PROSPECT_HALVES.items())
    return Graded("C", sum(term.gives for term in terms), terms, 0)


def promise(worth: Worth) -> int:
    """The score of `prospect` alone, for lists of thousands."""
    marks: Mapping[Letter, int] = {"W": worth.willingness, "S": worth.strategic, "B": worth.power}
    return sum(halves * marks[letter] for letter, halves in PROSPECT_HALVES.items()) * POINTS_A_HALF


def _grade(worth: Worth, score: int, thresholds: Thresholds) -> Grade:
    if worth.days_since is None:
        return "C"
    return "A" if score >= thresholds.a else "B" if score >= thresholds.b else "C"


def _term(letter: Letter, worth: Worth, halves: int) -> Term:
    fact, points = _points(letter, worth)
    return Term(letter, fact, points, halves * points * POINTS_A_HALF)


def _points(letter: Letter, worth: Worth) -> tuple[str, int]:
    match letter:
        case "R":
            return _recency(worth.days_since)
        case "F":
            return str(worth.bought), _from(OFTEN, worth.bought)
        case "M":
            return f"{worth.spent:.2f}", _from(MUCH, worth.spent) or int(worth.spent > 0)
        case "P":
            return str(worth.referrals), _from(REFERRED, worth.referrals)
    mark = {"W": worth.willingness, "S": worth.strategic, "B": worth.power}[letter]
    return str(mark), mark


def _recency(days: int | None) -> tuple[str, int]:
    if days is None:
        return "", 0
    return str(days), next((points for most, points in RECENT if days <= most), 1)


def _from(steps: Steps, amount: int | Decimal) -> int:
    return next((points for least, points in steps if amount >= least), 0)


MANUAL_DAYS = 180
"""How long a grade given by hand stands before the rule speaks again."""


def by_hand_in_force(by_hand: str | None, given_on: date | None, as_of: date) -> Grade | None:
    """The grade that somebody gave, while it is fresh; None leaves it to the rule."""
    is_fresh = given_on is None or (as_of - given_on).days <= MANUAL_DAYS
    match by_hand:
        case "A" | "B" | "C" if is_fresh:
            return by_hand
    return None
