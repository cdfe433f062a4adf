"""One visit as a supervisor reads it: why to look, what the rep wrote, what was said of it before."""

from collections.abc import Callable
from datetime import date

import flet as ft

from field_app.actions.facts import Fact
from field_app.actions.review_notes import NoteRead
from field_app.actions.review_queue import ToJudge
from field_app.screens.days import clock_words, moment_words
from field_app.screens.fact_words import MARKED_OF_FIVE
from field_app.screens.form import SECTIONS
from field_app.screens.look import Look
from field_app.screens.parts.note import Note, note_bubble
from field_app.screens.parts.row import compact
from field_app.screens.parts.section import section_mark
from field_app.screens.parts.words import heading, icon, quiet, words
from field_app.screens.register_words import register_label, value_words
from field_app.theme.colours import ATTENTION, Tone
from field_app.theme.measures import RADIUS, XS, L, M, S
from field_app.theme.type import Role
from visit_core.fields import Section
from visit_core.picklists import OUTCOME, VISIT_TYPE

Point = Callable[[str], object]

SIDE_BY_SIDE_UNTIL = 1.3  # at larger text a value stands under its name


def reading(visit: ToJudge, today: date, look: Look, pointed_at: str, on_point: Point) -> list[ft.Control]:
    """Everything there is to read, from top to bottom; a tap on a fact points the comment at it."""
    why = [reasons_box(visit, look)] if visit.reasons else []
    notes: list[ft.Control] = [_note(note, look, today) for note in visit.notes]
    present = [which for which in SECTIONS if any(fact.section == which for fact in visit.facts)]
    facts: list[ft.Control] = [_section(visit, which, today, look, pointed_at, on_point) for which in present]
    return [*why, *notes, *facts]


def who_and_when(visit: ToJudge, today: date, look: Look) -> str:
    """陈伟·今天 14:32·18 分·回访."""
    visit_type = VISIT_TYPE.label(visit.visit_type, look.lang) if visit.visit_type else ""
    parts = (visit.rep, moment_words(visit.at, look, today), stay_words(visit, look), visit_type)
    return "·".join(part for part in parts if part)


def stay_words(visit: ToJudge, look: Look) -> str:
    """How long it took; empty where nobody said when it ended."""
    if visit.seconds is None:
        return ""
    if visit.seconds < 60:
        return look.says("review.seconds", seconds=visit.seconds)
    return look.says("review.minutes", minutes=visit.seconds // 60)


def time_words(visit: ToJudge, look: Look) -> str:
    """The minute of arrival and how long it took."""
    return " ".join(part for part in (clock_words(visit.at), stay_words(visit, look)) if part)


def outcome_words(visit: ToJudge, look: Look) -> str:
    """What came of it, in a word."""
    return OUTCOME.label(visit.outcome, look.lang) if visit.outcome else ""


def reason_words(visit: ToJudge, look: Look) -> list[str]:
    """Why to look at it, each reason a sentence."""
    return [look.says(reason.key, **reason.facts) for reason in visit.reasons]


def reasons_box(visit: ToJudge, look: Look) -> ft.Control:
    """The reasons on the ground of attention."""
    head, *rest = reason_words(visit, look)
    first = ft.Row([icon(ft.Icons.ERROR_OUTLINE_ROUNDED, ATTENTION.tone), words(head, Role.STRONG, grows=True)])
    first.spacing = S
    more = [words(each, Role.SECOND) for each in rest]
    inside = ft.Column([first, *more], spacing=XS, tight=True)
    padding = ft.Padding.symmetric(horizontal=L, vertical=M)
    return ft.Container(inside, padding=padding, bgcolor=ATTENTION.ground, border_radius=RADIUS)


def _note(note: NoteRead, look: Look, today: date) -> ft.Control:
    about = register_label("visit", note.field, look) if note.field else look.says("review.whole")
    by = "·".join(part for part in (note.by, moment_words(note.at, look, today)) if part)
    return note_bubble(Note(about, note.comment, by, note.is_resolved))


def _section(visit: ToJudge, which: Section, today: date, look: Look, pointed_at: str, on_point: Point) -> ft.Control:
    head = ft.Row([section_mark(which), heading(look.says(f"form.section.{which}"), Role.STRONG, 3)], spacing=M)
    facts = [fact for fact in visit.facts if fact.section == which]
    lines = [_fact(fact, today, look, fact.spec.name == pointed_at, on_point) for fact in facts]
    return ft.Column([head, *lines], spacing=XS)


def _fact(fact: Fact, today: date, look: Look, is_pointed_at: bool, on_point: Point) -> ft.Control:
    """A fact that can be pointed at; the chosen one bears the tint and the sign of a comment."""
    tone = Tone.ON_TINT if is_pointed_at else Tone.INK
    sign = icon(ft.Icons.CHAT_BUBBLE_ROUNDED, Tone.PRIMARY, 18) if is_pointed_at else ft.Container(width=18)
    line = ft.Row([*_name_and_value(fact, today, look, tone), sign], spacing=M)
    line.vertical_alignment = ft.CrossAxisAlignment.START
    ground = Tone.TINT if is_pointed_at else None
    around = ft.Padding.symmetric(horizontal=M, vertical=S if look.is_desk else M)  # a finger needs more than a mouse
    tapped = ft.Container(line, padding=around, bgcolor=ground, ink=True)
    tapped.border_radius, tapped.on_click = RADIUS, lambda: on_point(fact.spec.name)
    return ft.Semantics(button=True, container=True, selected=is_pointed_at, content=tapped)


def _name_and_value(fact: Fact, today: date, look: Look, tone: Tone) -> list[ft.Control]:
    of_five = "/5" if fact.spec.control in MARKED_OF_FIVE else ""
    name = quiet(fact.spec.asked.label(look.lang), Role.BODY)
    value = words(value_words(fact.spec, fact.value, look, today) + of_five, Role.BODY, tone)
    if look.scale > SIDE_BY_SIDE_UNTIL:
        return [ft.Column([name, value], spacing=0, expand=True)]
    name.expand, value.expand = 2, 5
    return [name, value]


def place_line(visit: ToJudge, look: Look) -> ft.Control:
    """Where the customer lives, and whether the device knew where it was."""
    sign = ft.Icons.LOCATION_ON_OUTLINED if visit.has_fix else ft.Icons.LOCATION_OFF_OUTLINED
    return compact("·".join(part for part in (visit.address, place_words(visit, look)) if part), lead=sign)


def place_words(visit: ToJudge, look: Look) -> str:
    """Whether there is a position."""
    return look.says("review.placed" if visit.has_fix else "review.unplaced")
