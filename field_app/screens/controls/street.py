"""A street: typed, with those in which others of the district live a tap away."""

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.typed import typed
from field_app.screens.surroundings import Surroundings

DISTRICT = "district"


@ft.component
def street_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """The box, which offers others when another district is chosen."""
    return _street(draft, answer, draft.answers.get(DISTRICT), around)


@ft.component
def _street(draft: Draft, answer: Answer, district: Answer | None, around: Surroundings) -> ft.Control:
    return typed(draft, answer, around, around.streets.get(str(district.raw), ()) if district else ())
