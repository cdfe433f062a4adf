"""The views of a customer's page: which records stand in each, and what stands above them."""

from collections.abc import Mapping, Sequence

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.actions.happenings import HANGS_ON, Happening
from field_app.actions.purchases import bought
from field_app.screens.adding import adding
from field_app.screens.customer_consents import consent_rows
from field_app.screens.customer_profile import profile_cards
from field_app.screens.customer_reading import Reading
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.equals import Way, equals
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import quiet, words
from field_app.theme.measures import XS
from field_app.theme.type import Role
from visit_core.kinds.own_record import is_own
from visit_core.prices import price_words

VIEWS: Mapping[str, tuple[str, ...]] = {
    "timeline": (*HANGS_ON, "conflict"),
    "profile": (),
    "purchases": ("purchase",),
    "needs": ("need", "complaint", "satisfaction_rating"),
    "opportunities": ("opportunity",),
    "preferences": ("preference",),
    "consents": ("consent",),
}
"""The kinds whose records are listed in each; the first is shown first."""

OWN = "own"
"""The view of the organisation's own tables, where there are any of customers."""


def views_of(look: Look) -> tuple[str, ...]:
    """The views that a customer has."""
    return (*VIEWS, OWN) if any(each.is_attached for each in look.own) else tuple(VIEWS)


def listed_in(view: str, model: CustomerPage) -> Sequence[Happening]:
    """The records that a view lists, newest first."""
    kinds = VIEWS.get(view, ())
    has_own = view in (OWN, next(iter(VIEWS)))
    return [each for each in model.happenings if each.kind in kinds or (has_own and is_own(each.kind))]


def above(view: str, model: CustomerPage, reading: Reading, do: Do, look: Look) -> list[ft.Control]:
    """What stands over the records of a view: a sum, a state, a button."""
    match view:
        case "timeline":
            return [adding(model.id, do, look)]
        case "profile":
            return profile_cards(model, reading.eyes, reading.recalling, look)
        case "own":
            kinds = [each.kind for each in look.own if each.is_attached and each.is_in_use]
            return [_begin_each(kinds, model, do, look)] if kinds else []
        case "consents":
            return [consent_rows(model, do, look)]
        case "purchases" if listed_in(view, model):
            return [_sum(model, look), _begins(view, model, do, look)]
    return [_begins(view, model, do, look)]


def _begins(view: str, model: CustomerPage, do: Do, look: Look) -> ft.Control:
    return _begin_each(VIEWS[view], model, do, look)


def _begin_each(kinds: Sequence[str], model: CustomerPage, do: Do, look: Look) -> ft.Control:
    sign = ft.Icons.ADD_ROUNDED
    return equals([Way(look.calls(kind), sign, _begin(kind, model.id, do)) for kind in kinds], look)


def _begin(kind: str, customer: str, do: Do) -> Tap:
    async def begin() -> None:
        await do.begin(kind, {"customer_id": customer})

    return begin


def _sum(model: CustomerPage, look: Look) -> ft.Control:
    """How much, how often, and what is not in the sum."""
    all_told = bought(each.fields for each in listed_in("purchases", model))
    worth = model.told.worth
    often = look.says("purchases.often", times=all_told.times, year=worth.bought)
    every = [look.says("purchases.every", days=all_told.every_days)] if all_told.every_days else []
    unknown = [look.says("grade.unknown", count=all_told.unknown)] if all_told.unknown else []
    lines = [quiet(line) for line in (often, *every, *unknown)]
    return card(ft.Column([words(price_words(str(all_told.spent)), Role.DISPLAY), *lines], spacing=XS))
