"""What is known of a record, in words: names for ids, numbers masked, prices and places as one reads them."""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue

from field_app.actions.facts import Fact
from field_app.screens.look import Look
from field_app.screens.register_words import value_words
from visit_core.masks import SHOWN_ON_REQUEST, masked
from visit_core.prices import price_words
from visit_core.shapes import Amount, Fix, Reference

MARKED_OF_FIVE = ("stars", "faces")


def fact_words(fact: Fact, look: Look, today: date, name_by_id: Mapping[str, str]) -> str:
    """The value as one reads it."""
    shape, text = fact.spec.shape, str(fact.value)
    if fact.spec.asked.masked in SHOWN_ON_REQUEST:
        return masked(text, fact.spec.asked.masked)
    if isinstance(shape, Reference):
        return name_by_id.get(text) or look.says("fact.not_here")
    if isinstance(shape, Amount) and shape.money:
        return price_words(text)
    if isinstance(shape, Fix) and isinstance(fact.value, dict):
        return place_words(fact.value)
    said = value_words(fact.spec, fact.value, look, today)
    return f"{said}/5" if fact.spec.control in MARKED_OF_FIVE else said


def place_words(fix: Mapping[str, JsonValue]) -> str:
    """A place in degrees, and how far it may be off."""
    accuracy = fix.get("acc")
    off = f" ±{accuracy:.0f} m" if isinstance(accuracy, int | float) else ""
    return f"{fix.get('lat')}, {fix.get('lng')}{off}"
