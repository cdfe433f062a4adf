"""What happened with a customer, in words: one event of the timeline for every record."""

from datetime import date
from typing import get_args

import flet as ft

from field_app.actions.facts import Fact
from field_app.actions.happenings import Happening, line_of
from field_app.places import Place
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.fact_words import fact_words
from field_app.screens.kind_signs import sign_of
from field_app.screens.look import Look
from field_app.screens.marks import review_mark, sync_marks
from field_app.screens.parts.timeline import Event, event_row
from field_app.screens.promise_words import to_do_words
from field_app.theme.colours import SECTION_TONES
from visit_core.explain import field_label
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.kinds.opportunity import Opportunity
from visit_core.rules.lifecycle import Why

OPENED_BY_PLACE = {"visit": "visit_page", "conflict": "conflict"}
SAID_ELSEWHERE = ("customer_merge",)  # on a page of their own, by those who may
WORTH_A_WORD = ("returned", "question")


def happening_row(happening: Happening, do: Do, look: Look, today: date, *, is_last: bool = False) -> ft.Control:
    """One record on the line of time; a tap opens it to be read, or its form. What is never corrected has none."""

    async def show() -> None:
        place = OPENED_BY_PLACE.get(happening.kind)
        if place:
            await do.go(Place(place, happening.id))
        else:
            await do.begin(happening.kind, {}, record=happening.id)

    is_for_good = kind_named(happening.kind).append_only or happening.kind in SAID_ELSEWHERE
    return event_row(_event(happening, look, today), None if is_for_good else show, is_last=is_last)


def _event(happening: Happening, look: Look, today: date) -> Event:
    name, what = look.calls(happening.kind), _what(happening, look, today)
    return Event(
        sign=sign_of(happening.kind),
        tone=SECTION_TONES[happening.section],
        title=f"{name}·{what}" if what else name,
        day=day_words(happening.at, look, today),
        words=_words(happening, look, today),
        marks=(*_review(happening, look), *sync_marks(happening.sync_state, look)),
    )


def _what(happening: Happening, look: Look, today: date) -> str:
    """What came of it, in a word."""
    what = line_of(happening.kind).what
    if not what:
        return ""
    spec = fields_of(kind_named(happening.kind))[what]
    value = happening.fields.get(spec.name)
    return "" if value in (None, "") else fact_words(Fact(spec, value), look, today, {})


def _words(happening: Happening, look: Look, today: date) -> str:
    said = happening.fields
    if happening.kind == "opportunity" and said.get("amount_expected") is not None:
        worth = fact_words(Fact(fields_of(Opportunity)["amount_expected"], said["amount_expected"]), look, today, {})
        return "·".join(filter(None, (happening.words, worth)))
    if happening.kind == "followup":
        return to_do_words(happening.words, str(said.get("kind") or ""), look)
    if happening.kind == "conflict":
        overruled, kind = (str(said.get("field")), *happening.beside), str(said.get("record_kind"))
        return look.says("value.comma").join(field_label(kind, name, look.lang) for name in overruled)
    if happening.kind == "lifecycle_event" and said.get("cause") == "rule" and happening.words in get_args(Why):
        return look.says(f"stage.why.{happening.words}")
    return happening.words


def _review(happening: Happening, look: Look) -> list[ft.Control]:
    """What the supervisor wants done; a visit that merely waits for a verdict says nothing."""
    state = str(happening.fields.get("review_state"))
    return [review_mark(state, look)] if happening.kind == "visit" and state in WORTH_A_WORD else []
