"""Fields that are chosen: one of a list, one of a few, several with words of one's own, another record."""

import re
from typing import cast

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.controls.typed import text_box
from field_app.screens.look import Look
from field_app.screens.parts.choice import Option, chips, columns_of, grid
from field_app.screens.parts.field import advised, field_box
from field_app.screens.parts.menu import menu
from field_app.screens.parts.row import chevron
from field_app.screens.parts.words import one_line
from field_app.screens.surroundings import Surroundings
from field_app.theme.colours import Tone
from field_app.theme.measures import RADIUS, L, S
from field_app.theme.type import Role
from visit_core.shapes import OneOf, Reference, SetOf


@ft.component
def tiles_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """One of a few, on the grid; a second tap takes the choice back."""
    chosen = answer.raw if isinstance(answer.raw, str) else None
    options = options_of(answer, around.look)
    columns = columns_of(options, around.look, inset=2 * L)
    tiles = grid(options, chosen, lambda code: toggle(draft, answer, code), columns=columns)
    return advised(caption(draft, answer, around), tiles)


@ft.component
def choice_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """One of a list, in a menu."""
    name, chosen = answer.spec.name, answer.raw if isinstance(answer.raw, str) else ""
    options = [Option("", around.look.says("form.clear")), *options_of(answer, around.look)]
    said = next((each.label for each in options if each.code == chosen), "")
    return advised(
        caption(draft, answer, around), menu(options, chosen, lambda code: draft.change(name, code or None)), value=said
    )


@ft.component
def several_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """Several values as one line of words, and chips that put in and take out what was given before.

    Of a list that is closed there are only the chips.
    """
    members = members_of(answer.raw)
    closed = closed_options(answer, around.look)
    if closed:
        return advised(caption(draft, answer, around), chips(closed, members, lambda code: turn(draft, answer, code)))
    offered = dict.fromkeys([*around.suggested.get(answer.spec.name, ()), *members])
    said = caption(draft, answer, around, help_text=around.look.says("form.several"))
    box = field_box(said, text_box(draft, answer))
    options = [Option(word, word) for word in offered]
    return (
        ft.Column([box, chips(options, members, lambda word: turn(draft, answer, word))], spacing=S) if offered else box
    )


@ft.component
def reference_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """Another record by its name; a tap opens the choice."""
    shape, name = cast(Reference, answer.spec.shape), answer.spec.name
    chosen = around.name_of(shape.kind, str(answer.raw)) if answer.raw else ""
    tone = Tone.INK if chosen else Tone.EDGE
    line = ft.Row([one_line(chosen or around.look.says("form.choose"), Role.BODY, tone), chevron()])
    box = ft.Container(line, padding=14, bgcolor=Tone.CARD, border_radius=RADIUS, border=ft.Border.all(1, Tone.RIM))
    box.ink = True
    box.on_click = lambda: around.on_pick(name)
    return advised(caption(draft, answer, around), ft.Semantics(button=True, container=True, content=box))


def options_of(answer: Answer, look: Look) -> list[Option]:
    """What a field offers, in the person's language."""
    shape = cast(OneOf, answer.spec.shape)
    return [Option(choice.code, choice.label(look.lang)) for choice in shape.picklist.choices]


def closed_options(answer: Answer, look: Look) -> list[Option]:
    """What a field of several values offers, if nothing else may stand in it."""
    shape = answer.spec.shape
    member = shape.member if isinstance(shape, SetOf) else None
    choices = member.picklist.choices if isinstance(member, OneOf) else ()
    return [Option(choice.code, choice.label(look.lang)) for choice in choices]


def toggle(draft: Draft, answer: Answer, code: str) -> None:
    """Choose a code, or none if it was chosen already."""
    draft.change(answer.spec.name, None if answer.raw == code else code)


def turn(draft: Draft, answer: Answer, word: str) -> None:
    """Put a word in, or take it out."""
    members = members_of(answer.raw)
    kept = [member for member in members if member != word] if word in members else [*members, word]
    draft.change(answer.spec.name, "、".join(kept))


def members_of(raw: object) -> list[str]:
    """The words of a line that holds several."""
    parts = re.split(r"[、,，;；\n]", raw) if isinstance(raw, str) else []
    return [part.strip() for part in parts if part.strip()]
