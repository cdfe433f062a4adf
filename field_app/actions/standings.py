"""How each customer stands with us beside what a list tells: grade, what is overdue, intention, whose they are."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from field_app.actions.happenings import latest_visits
from field_app.actions.in_mind import Hanging, hanging, in_mind
from field_app.actions.promises import due_day, is_mine, is_open, local_day
from field_app.drawing import View
from field_app.list_views import ListView, StandsOut
from field_app.local_store import LocalStore
from visit_core.fields import Fields
from visit_core.rules.assessing import History, assess, promise_of
from visit_core.rules.care import Care, care_by_tier, next_visit, tier_of

LAPSED_DAYS = 180
"""So long after the last purchase a customer is somebody to be won back."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One customer."""

    grade: str = ""  # empty for whom a grade says nothing: who never bought and was given none by hand
    overdue: date | None = None  # the day of the oldest promise that was not kept
    intention: str = ""
    type: str = ""
    industry: str = ""
    is_mine: bool = False
    promise: int = 0  # of a hundred, for who never bought
    worth: int = 0  # of a hundred, for who bought; more than 0
    is_lapsed: bool = False  # bought once, and not for long
    is_due: bool = False  # somebody was there, and by their grade it is time again


NONE = Standing()


@dataclass(frozen=True, slots=True, eq=False)
class Standings:
    """All of them by id, with the views and colours that this person has chosen."""

    by_id: Mapping[str, Standing]
    views: tuple[ListView, ...] = ()
    rules: tuple[StandsOut, ...] = ()
    care: Mapping[str, Care] = field(default_factory=dict)  # by grade

    def of(self, customer: str) -> Standing:
        """How one customer stands."""
        return self.by_id.get(customer, NONE)


class _Facts(NamedTuple):
    """What a customer's standing is made of, beside the day and what each grade is to have."""

    customer: View
    bought: Hanging | None
    referrals: int
    last_visit: str
    overdue: date | None


@dataclass(slots=True)
class _Kept:
    """How everybody stood when it was asked last."""

    by: object = None
    told: dict[str, tuple[_Facts, Standing]] = field(default_factory=dict)


def load(store: LocalStore) -> Standings:
    """As things are today, from what is in mind of customers, purchases, promises and visits.

    Whoever's facts are as they were is not judged again: between two questions few change.
    """
    today, me, care = store.moment().today, store.me.person, care_here(store)
    kept = store.gists.made_of("standings", (), _Kept)
    before = kept.told if kept.by == (today, me, care) else {}
    now = {
        facts.customer.id: known
        if (known := before.get(facts.customer.id)) and known[0] == facts
        else (facts, _standing(facts, care, me, today))
        for facts in _facts(store)
    }
    kept.by, kept.told = (today, me, care), now
    told = {customer: standing for customer, (_, standing) in now.items()}
    return Standings(told, store.list_views.all(), store.list_views.standing_out(), care)


def _facts(store: LocalStore) -> Iterator[_Facts]:
    """Of everybody."""
    customers, bought = in_mind(store, "customer"), hanging(store, "purchase")
    visited, overdue = latest_visits(store), _overdue(store)
    referrals = Counter(str(view.fields["referrer_id"]) for view in customers if view.fields.get("referrer_id"))
    for view in customers:
        id = view.id
        yield _Facts(view, bought.get(id), referrals[id], visited.get(id, ""), overdue.get(id))


def _standing(facts: _Facts, care: Mapping[str, Care], me: str, today: date) -> Standing:
    fields = facts.customer.fields
    judged = _judged(fields, facts.bought, facts.referrals, today)
    return replace(
        judged,
        is_due=_is_due(care[tier_of(judged.grade)], facts.last_visit, today),
        overdue=facts.overdue,
        intention=str(fields.get("purchase_intention") or ""),
        type=str(fields.get("customer_type") or ""),
        industry=str(fields.get("industry") or ""),
        is_mine=fields.get("owner_id") == me,
    )


def care_here(store: LocalStore) -> dict[str, Care]:
    """What customers of each grade are to have."""
    return care_by_tier(view.fields for view in store.find("care_strategy"))


def _is_due(care: Care, last_visit: str, today: date) -> bool:
    """Most visits are far from the last of these days, as their letters tell."""
    if not last_visit or last_visit[:10] > (today - timedelta(days=care.days - 1)).isoformat():
        return False
    due = next_visit(care, local_day(last_visit))
    return due is not None and due <= today


def _judged(customer: Fields, bought: Hanging | None, referrals: int, today: date) -> Standing:
    """What the rules say of a customer: of who never bought, how promising; of others, what they are worth."""
    if not bought and not customer.get("grade_manual"):
        return Standing(promise=promise_of(customer))
    purchases = [view.fields for view in bought.views] if bought else []
    told = assess(customer, History(purchases, referrals=referrals), today)
    days = told.worth.days_since
    if days is None:
        return Standing(grade=told.grade if told.is_by_hand else "", promise=told.prospect.score)
    return Standing(told.grade, worth=told.by_rule.score, is_lapsed=days >= LAPSED_DAYS)


def _overdue(store: LocalStore) -> dict[str, date]:
    """The oldest promise of each customer whose day has passed."""
    today, visits = store.moment().today, hanging(store, "visit")
    oldest: dict[str, date] = {}
    for view in in_mind(store, "followup"):
        due = due_day(view.fields)
        if due and due < today and is_open(view, visits) and is_mine(store, view):
            customer = str(view.fields.get("customer_id") or "")
            oldest[customer] = min(due, oldest.get(customer, due))
    return oldest
