"""资料: how complete what we know is, what is missing, and all of it by sections."""

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.screens.empty_fields import empty_fields
from field_app.screens.eyes import Eyes
from field_app.screens.fact_cards import fact_cards
from field_app.screens.field_past import Recalling
from field_app.screens.look import Look
from field_app.screens.parts.surface import card, progress
from field_app.screens.parts.words import quiet, words
from field_app.theme.colours import Tone
from field_app.theme.measures import S
from field_app.theme.type import Role


def profile_cards(model: CustomerPage, eyes: Eyes, recalling: Recalling, look: Look) -> list[ft.Control]:
    """The bar, a card for every section, and how to ask for a field's past where no sign tells."""
    cards = fact_cards(model.facts, look, model.today, model.name_by_id, eyes=eyes, recalling=recalling)
    hint = [] if recalling.by_mouse or not cards else [quiet(look.says("past.hint"))]
    empty = [empty_fields(model.empty, recalling, look)] if model.empty else []
    return [_completeness(model, look), *cards, *hint, *empty]


def _completeness(model: CustomerPage, look: Look) -> ft.Control:
    share = look.says("customer.complete", percent=model.completeness)
    bar = progress(model.completeness, 100, share)
    code = [quiet(look.says("customer.code", code=model.code))] if model.code else []
    return card(ft.Column([words(share, Role.LABEL), bar, *_missing(model, look), *code], spacing=S))


def _missing(model: CustomerPage, look: Look) -> list[ft.Control]:
    if not model.missing:
        return [quiet(look.says("customer.all_there"))]
    labels = look.says("value.comma").join(spec.asked.label(look.lang) for spec in model.missing)
    return [words(look.says("customer.missing", fields=labels), Role.SECOND, Tone.ATTENTION)]
