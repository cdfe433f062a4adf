"""What is asked at a door, a tap each: the outcome, the intention, the products, the next step."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from field_app.actions.visiting import Remark, next_steps
from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.controls.chosen import members_of, options_of, toggle, turn
from field_app.screens.days import day_words, moment_words
from field_app.screens.field_control import field_control
from field_app.screens.look import Look
from field_app.screens.outcomes import OFTEN, outcome_options
from field_app.screens.parts.choice import Option, chips, columns_of, grid
from field_app.screens.parts.field import advice
from field_app.screens.parts.note import Note, note_bubble
from field_app.screens.parts.words import heading, quiet
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import S
from visit_core.fields import fields_of
from visit_core.kinds.visit import Visit

MORE = "more"


@ft.component
def outcome_block(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """The outcomes that are frequent, and the rest behind one tile."""
    is_opened, open_all = ft.use_state(False)
    look = around.look
    is_rare = isinstance(answer.raw, str) and answer.raw not in OFTEN
    options = outcome_options(look, all_of_them=is_opened or is_rare)

    def choose(code: str) -> None:
        if code == MORE:
            open_all(True)
        else:
            toggle(draft, answer, code)

    tiles = grid(options, _code(answer), choose, columns=columns_of(options, look), tall=True)
    return block(look.says("visit.outcome"), tiles, *advice(caption(draft, answer, around)))


@ft.component
def intention_block(draft: Draft, answer: Answer, around: Surroundings, carried_on: bool) -> ft.Control:
    """How much the customer wants it; what is taken from the last visit is said to be so until it is touched."""
    was, _ = ft.use_state(answer.raw)
    options = options_of(answer, around.look)
    columns = columns_of(options, around.look)
    tiles = grid(options, _code(answer), lambda code: toggle(draft, answer, code), columns=columns)
    beside = around.look.says("visit.as_last") if carried_on and answer.raw == was else ""
    return block(around.look.says("visit.intention"), tiles, beside=beside)


@ft.component
def products_block(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """What was asked for before, as chips; others are typed."""
    is_opened, open_all = ft.use_state(False)
    look, members = around.look, members_of(answer.raw)
    offered = dict.fromkeys([*members, *around.suggested.get(answer.spec.name, ())])
    title = look.says("visit.products")
    if is_opened or not offered or answer.wrong:
        return block(title, field_control(draft, answer.spec.name, around))
    options = [*(Option(word, word) for word in offered), Option(MORE, look.says("visit.more_products"))]

    def choose(word: str) -> None:
        if word == MORE:
            open_all(True)
        else:
            turn(draft, answer, word)

    return block(title, chips(options, members, choose))


@ft.component
def next_step_block(draft: Draft, answer: Answer, around: Surroundings, today: date) -> ft.Control:
    """When to come again: four usual days, or any other from the calendar."""
    is_opened, open_all = ft.use_state(False)
    look = around.look
    usual = {day.isoformat(): name for name, day in next_steps(today).items()}
    is_other = answer.is_filled and answer.raw not in usual
    options = [Option(day, look.says(f"when.{name}")) for day, name in usual.items()]
    options.append(Option(MORE, look.says("visit.other_day")))

    def choose(code: str) -> None:
        if code == MORE:
            open_all(True)
        else:
            toggle(draft, answer, code)

    tiles = grid(options, MORE if is_other else _code(answer), choose, columns=columns_of(options, look))
    calendar = [field_control(draft, answer.spec.name, around)] if is_opened or is_other else []
    beside = day_words(str(answer.raw), look, today) if _code(answer) in usual else ""
    return block(look.says("visit.next_step"), tiles, *calendar, beside=beside)


def block(title: str, *parts: ft.Control, beside: str = "") -> ft.Control:
    """A heading, perhaps a quiet word at its right, and what belongs to it."""
    told = [quiet(beside)] if beside else []
    head = ft.Row([ft.Container(heading(title), expand=True), *told])
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column([head, *parts], spacing=S, horizontal_alignment=stretched)
    return ft.Container(inside, padding=ft.Padding.only(top=S))


def remark_notes(remarks: Sequence[Remark], today: date, look: Look) -> list[ft.Control]:
    """What the supervisor wrote and is still to be put right."""
    specs = fields_of(Visit)
    return [
        note_bubble(
            Note(
                about=specs[each.field].asked.label(look.lang) if each.field in specs else look.says("visit.whole"),
                comment=each.comment,
                by_and_when=moment_words(each.at, look, today) if each.at else "",
            )
        )
        for each in remarks
    ]


def _code(answer: Answer) -> str | None:
    return answer.raw if isinstance(answer.raw, str) else None
