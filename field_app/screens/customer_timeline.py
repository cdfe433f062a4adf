"""What happened with a customer, in words: one event of the timeline for every record."""

from datetime import date

import flet as ft

from field_app.actions.happenings import Happening
from field_app.places import Place
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.fact_words import price_words
from field_app.screens.look import Look
from field_app.screens.marks import review_mark, sync_marks
from field_app.screens.parts.timeline import Event, event_row
from field_app.theme.colours import SECTION_TONES
from visit_core.explain import field_label
from visit_core.kinds import kind_named
from visit_core.picklists import CHANNEL, CONFLICT_STATE, FOLLOWUP_STATUS, OUTCOME

SIGNS = {
    "visit": ft.Icons.DOOR_FRONT_DOOR_OUTLINED,
    "contact_record": ft.Icons.CALL_OUTLINED,
    "purchase": ft.Icons.SHOPPING_BAG_OUTLINED,
    "followup": ft.Icons.NOTIFICATIONS_NONE_ROUNDED,
    "conflict": ft.Icons.CALL_SPLIT_ROUNDED,
}
OPENED_BY_PLACE = {"visit": "visit_page", "conflict": "conflict"}
WORTH_A_WORD = ("returned", "question")


def happening_row(happening: Happening, do: Do, look: Look, today: date, *, is_last: bool = False) -> ft.Control:
    """One record on the line of time; a tap opens it to be read, or its form."""

    async def show() -> None:
        place = OPENED_BY_PLACE.get(happening.kind)
        if place:
            await do.go(Place(place, happening.id))
        else:
            await do.begin(happening.kind, {}, record=happening.id)

    return event_row(_event(happening, look, today), show, is_last=is_last)


def _event(happening: Happening, look: Look, today: date) -> Event:
    name, what = kind_named(happening.kind).label(look.lang), _what(happening, look)
    return Event(
        sign=SIGNS[happening.kind],
        tone=SECTION_TONES[happening.section],
        title=f"{name}·{what}" if what else name,
        day=day_words(happening.at, look, today),
        words=_words(happening, look),
        marks=(*_review(happening, look), *sync_marks(happening.sync_state, look)),
    )


def _what(happening: Happening, look: Look) -> str:
    """What came of it, in a word."""
    said = {name: str(value) for name, value in happening.fields.items() if value not in (None, "")}
    match happening.kind:
        case "visit":
            return OUTCOME.label(said.get("outcome", ""), look.lang)
        case "contact_record":
            return CHANNEL.label(said.get("channel", ""), look.lang)
        case "purchase":
            return price_words(said["amount"]) if "amount" in said else ""
        case "followup":
            return FOLLOWUP_STATUS.label(said.get("status", ""), look.lang)
    return CONFLICT_STATE.label(said.get("state", ""), look.lang)


def _words(happening: Happening, look: Look) -> str:
    if happening.kind != "conflict":
        return happening.words
    return field_label(str(happening.fields.get("record_kind")), str(happening.fields.get("field")), look.lang)


def _review(happening: Happening, look: Look) -> list[ft.Control]:
    """What the supervisor wants done; a visit that merely waits for a verdict says nothing."""
    state = str(happening.fields.get("review_state"))
    return [review_mark(state, look)] if happening.kind == "visit" and state in WORTH_A_WORD else []
