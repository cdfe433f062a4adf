"""How each customer stands with us beside what a list tells: grade, what is overdue, intention, whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import JsonValue

from field_app.actions.promises import due_day, is_mine, is_open, met_by
from field_app.drawing import View
from field_app.list_views import ListView, StandsOut
from field_app.local_store import LocalStore
from visit_core.fields import Fields
from visit_core.rules.assessing import History, assess


@dataclass(frozen=True, slots=True)
class Standing:
    """One customer."""

    grade: str = ""  # empty for whom a grade says nothing: who never bought and was given none by hand
    overdue: date | None = None  # the day of the oldest promise that was not kept
    intention: str = ""
    is_mine: bool = False


NONE = Standing()


@dataclass(frozen=True, slots=True, eq=False)
class Standings:
    """All of them by id, with the views and colours that this person has chosen."""

    by_id: Mapping[str, Standing]
    views: tuple[ListView, ...] = ()
    rules: tuple[StandsOut, ...] = ()

    def of(self, customer: str) -> Standing:
        """How one customer stands."""
        return self.by_id.get(customer, NONE)


def load(store: LocalStore) -> Standings:
    """As things are today: read in one pass over customers, purchases and promises."""
    today, bought, overdue = store.moment().today, _purchases(store), _overdue(store)
    customers = store.find("customer")
    referrals: dict[str, int] = {}
    for view in customers:
        referrer = str(view.fields.get("referrer_id") or "")
        referrals[referrer] = referrals.get(referrer, 0) + 1
    told = {
        view.id: Standing(
            grade=_grade(view.fields, History(bought.get(view.id, []), referrals=referrals.get(view.id, 0)), today),
            overdue=overdue.get(view.id),
            intention=str(view.fields.get("purchase_intention") or ""),
            is_mine=view.fields.get("owner_id") == store.me.person,
        )
        for view in customers
    }
    return Standings(told, store.list_views.all(), store.list_views.standing_out())


def _grade(customer: Fields, history: History, today: date) -> str:
    if not history.purchases and not customer.get("grade_manual"):
        return ""
    told = assess(customer, history, today)
    return told.grade if told.is_by_hand or told.worth.days_since is not None else ""


def _purchases(store: LocalStore) -> dict[str, list[Mapping[str, JsonValue]]]:
    by_customer: dict[str, list[Mapping[str, JsonValue]]] = {}
    for view in store.find("purchase"):
        by_customer.setdefault(str(view.fields.get("customer_id")), []).append(view.fields)
    return by_customer


def _overdue(store: LocalStore) -> dict[str, date]:
    """The oldest promise of each customer whose day has passed."""
    today, visits = store.moment().today, met_by(store.find("visit"))
    oldest: dict[str, date] = {}
    for view in store.find("followup"):
        due = due_day(view.fields)
        if due and due < today and _is_to_be_kept(store, view, visits):
            customer = str(view.fields.get("customer_id") or "")
            oldest[customer] = min(due, oldest.get(customer, due))
    return oldest


def _is_to_be_kept(store: LocalStore, view: View, visits: Mapping[str, list[View]]) -> bool:
    return is_mine(store, view) and is_open(view, visits)
