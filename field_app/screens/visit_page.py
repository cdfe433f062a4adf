"""One visit to be read, by the rep and by the supervisor: what came of it, what was noted, how far it has come."""

from collections.abc import Mapping, Sequence

import flet as ft

from field_app.actions.review_notes import NoteRead
from field_app.actions.visit_page import VisitPage
from field_app.places import Place
from field_app.screens.adding import adding
from field_app.screens.days import clock_words, moment_words
from field_app.screens.doing import Do
from field_app.screens.fact_cards import fact_cards
from field_app.screens.look import Look
from field_app.screens.marks import review_mark
from field_app.screens.middle import middle
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, sign_button
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.note import Note, note_bubble
from field_app.screens.parts.surface import card, page_body
from field_app.screens.parts.words import heading, quiet
from field_app.screens.receipt import receipt
from field_app.screens.visit_photos import visit_photos
from field_app.theme.colours import Tone
from field_app.theme.measures import XS, M, S
from field_app.theme.type import Role
from visit_core.explain import field_label
from visit_core.picklists import OUTCOME


@ft.component
def visit_page_screen(model: VisitPage, do: Do, look: Look) -> ft.Control:
    """The visit as it stands; 修改 opens its form."""
    return ft.Column(
        [_bar(model, do, look), middle(_body(model, do, look), look), _foot(model, do, look)], spacing=0, expand=True
    )


def _bar(model: VisitPage, do: Do, look: Look) -> ft.Control:
    async def show_customer() -> None:
        await do.go(Place("customer", model.customer))

    name = model.customer_name or look.says("customers.nameless")
    label, sign = look.says("visit_page.customer"), ft.Icons.PERSON_OUTLINE_ROUNDED
    opens = sign_button(sign, label, show_customer, tone=Tone.PRIMARY) if model.customer else None
    return middle(top_bar(name, look.says("visit_page.back"), do.back, tail=opens), look, grows=False)


def _body(model: VisitPage, do: Do, look: Look) -> ft.Control:
    noted, loose = _noted(model, look)
    cards = fact_cards(model.facts, look, model.today, model.name_by_id, noted=noted)
    photos = visit_photos(model.photos, do, look)
    return page_body(_head(model, look), *loose, *cards, photos, *_more(model, do, look), receipt(model, look), gap=M)


def _head(model: VisitPage, look: Look) -> ft.Control:
    outcome = OUTCOME.label(model.outcome, look.lang) or look.says("visit_page.no_outcome")
    first = ft.Row([heading(outcome, Role.DISPLAY), review_mark(model.review_state, look)], wrap=True, spacing=M)
    lines = [quiet(line) for line in (_when(model, look), _reviewed(model, look)) if line]
    return card(ft.Column([first, *lines], spacing=XS))


def _when(model: VisitPage, look: Look) -> str:
    """When, until when, and whose visit it was."""
    arrived = moment_words(model.arrived, look, model.today) if model.arrived else ""
    span = f"{arrived}–{clock_words(model.left)}" if model.left else arrived
    return "·".join(part for part in (span, model.rep_name) if part)


def _reviewed(model: VisitPage, look: Look) -> str:
    if not model.reviewed_at:
        return look.says("visit_page.round", round=model.review_round) if model.review_round > 1 else ""
    when = moment_words(model.reviewed_at, look, model.today)
    return look.says("visit_page.reviewed", name=model.reviewer_name, when=when)


def _noted(model: VisitPage, look: Look) -> tuple[Mapping[str, Sequence[ft.Control]], list[ft.Control]]:
    """Notes by the field under which they stand; those of no field that is shown stand above."""
    shown = {fact.spec.name for fact in model.facts}
    noted = {name: [_bubble(n, model, look) for n in model.notes if n.field == name] for name in shown}
    return noted, [_bubble(note, model, look) for note in model.notes if note.field not in shown]


def _bubble(note: NoteRead, model: VisitPage, look: Look) -> ft.Control:
    about = field_label("visit", note.field, look.lang) if note.field else look.says("visit_page.whole")
    when = moment_words(note.at, look, model.today) if note.at else ""
    by_and_when = "·".join(part for part in (note.by, when) if part)
    return note_bubble(Note(about, note.comment, by_and_when, note.is_resolved))


def _more(model: VisitPage, do: Do, look: Look) -> list[ft.Control]:
    if not model.customer:
        return []
    return [ft.Column([quiet(look.says("visit_page.more"), Role.LABEL), adding(model.customer, do, look)], spacing=S)]


def _foot(model: VisitPage, do: Do, look: Look) -> ft.Control:
    async def edit() -> None:
        await do.begin("visit", {}, record=model.id)

    is_back = model.review_state in ("returned", "question")
    return bottom_bar(filled(look.says("visit_page.correct" if is_back else "visit_page.edit"), edit))
