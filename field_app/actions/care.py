"""维护与奖励: what customers of each grade are to have from us, and whom of them a visit is due to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from field_app.actions import standings
from field_app.actions.happenings import latest_visits
from field_app.actions.in_mind import in_mind
from field_app.actions.promises import local_day
from field_app.actions.standings import care_here
from field_app.local_store import LocalStore
from visit_core.kinds.care_strategy import CareStrategy
from visit_core.rules.care import Care, next_visit, tier_of

KIND = CareStrategy.kind_name


@dataclass(frozen=True, slots=True)
class Cared:
    """One customer in the list of their tier."""

    id: str
    name: str
    score: int  # of a hundred: what they are worth, or promise
    last: str  # instant of the last visit; empty if there was none
    due: date | None  # the next visit; None where nobody was ever there, or is wanted


@dataclass(frozen=True, slots=True)
class Tier:
    """The customers of one grade, those longest overdue first, and what they are to have."""

    care: Care
    strategy: str  # the record's id; empty while none was made
    customers: tuple[Cared, ...]


@dataclass(frozen=True, slots=True)
class CareHere:
    """All tiers."""

    tiers: tuple[Tier, ...]
    may_set: bool
    today: date


def load(store: LocalStore, _about: str = "") -> CareHere:
    """As it is today. An admin, who sees no customers, has the strategies alone."""
    by_tier = _customers(store)
    ids = {str(view.fields.get("tier")): view.id for view in store.find(KIND)}
    tiers = (Tier(care, ids.get(tier, ""), by_tier.get(tier, ())) for tier, care in care_here(store).items())
    return CareHere(tuple(tiers), store.me.role in CareStrategy.written_by, store.moment().today)


def _customers(store: LocalStore) -> Mapping[str, tuple[Cared, ...]]:
    told, visited, care = standings.load(store), latest_visits(store), care_here(store)
    by_tier: dict[str, list[Cared]] = {}
    for view in in_mind(store, "customer"):
        standing = told.of(view.id)
        tier, last = tier_of(standing.grade), visited.get(view.id, "")
        due = None if view.fields.get("do_not_visit") is True else next_visit(care[tier], local_day(last))
        score = standing.worth or standing.promise
        by_tier.setdefault(tier, []).append(Cared(view.id, str(view.fields.get("name") or ""), score, last, due))
    return {tier: _in_order(cared) for tier, cared in by_tier.items()}


def _in_order(cared: Iterable[Cared]) -> tuple[Cared, ...]:
    return tuple(sorted(cared, key=lambda one: (one.due or date.max, -one.score, one.id)))
