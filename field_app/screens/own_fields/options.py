"""The options of a choice: written in one go, renamed, ordered, taken out of use where records may hold them."""

import re
from collections.abc import Collection
from itertools import count

import flet as ft
from pydantic import JsonValue

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button, tonal
from field_app.screens.parts.field import Caption, advised, dressed, field_box
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.words import Do as Tap
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import S

Entry = dict[str, JsonValue]
"""One option: code, zh, en, active."""


@ft.observable
class Adding:
    """What is typed and not yet an option."""

    def __init__(self) -> None:
        self.typed = ""


@ft.component
def options_control(draft: Draft, answer: Answer, around: Surroundings, kept: Collection[str]) -> ft.Control:
    """`kept` are the codes that records may hold: these options are taken out of use and never away."""
    adding, _ = ft.use_state(Adding())
    options = options_in(answer.raw)
    lines = [_line(draft, answer, at, kept, around.look) for at in range(len(options))]

    def add() -> None:
        draft.change(answer.spec.name, [*with_options(options_in(answer.raw), adding.typed)] or None)
        adding.typed = ""

    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column([*lines, _adder(adding, add, around.look)], spacing=S, horizontal_alignment=stretched)
    return advised(caption(draft, answer, around), inside)


def options_in(raw: JsonValue) -> list[Entry]:
    """The options as they stand in the form."""
    return [dict(each) for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []


def with_options(options: list[Entry], typed: str) -> list[Entry]:
    """More options, parted by 、 or commas; each gets a code that none of them has, and no word stands twice."""
    words = [word.strip() for word in re.split(r"[、,，;；\n]", typed) if word.strip()]
    known, codes = {each.get("zh") for each in options}, {each.get("code") for each in options}
    free = (code for number in count(1) if (code := f"o{number}") not in codes)
    fresh: list[Entry] = [{"code": next(free), "zh": word} for word in dict.fromkeys(words) if word not in known]
    return [*options, *fresh]


def renamed(options: list[Entry], at: int, word: str) -> list[Entry]:
    """The same options, one of them called otherwise."""
    return [{**each, "zh": word} if place == at else each for place, each in enumerate(options)]


def moved_up(options: list[Entry], at: int) -> list[Entry]:
    """The same options, one of them a place higher."""
    return [*options[: at - 1], options[at], options[at - 1], *options[at + 1 :]]


def turned(options: list[Entry], at: int, kept: Collection[str]) -> list[Entry]:
    """Without an option that no record can hold; of another, whether it is offered is turned."""
    if options[at].get("code") not in kept:
        return [*options[:at], *options[at + 1 :]]
    turned_one: Entry = {**options[at], "active": options[at].get("active") is False}
    return [*options[:at], turned_one, *options[at + 1 :]]


def _line(draft: Draft, answer: Answer, at: int, kept: Collection[str], look: Look) -> ft.Control:
    option, field = options_in(answer.raw)[at], answer.spec.name
    is_out, name = option.get("active") is False, str(option.get("zh") or "")

    def rename(event: ft.Event[ft.TextField]) -> None:
        draft.change(field, [*renamed(options_in(answer.raw), at, words_in(event))])

    def raise_it() -> None:
        draft.change(field, [*moved_up(options_in(answer.raw), at)])

    def turn() -> None:
        draft.change(field, [*turned(options_in(answer.raw), at, kept)] or None)

    said = Caption(look.says("fields.option", number=at + 1), help=look.says("fields.option_out") if is_out else "")
    box = ft.Container(dressed(said, ft.TextField(value=name, on_change=rename, read_only=is_out)), expand=True)
    sign, way = _way_out(option, kept)
    up = sign_button(ft.Icons.KEYBOARD_ARROW_UP_ROUNDED, look.says("fields.up", name=name), raise_it if at else None)
    return ft.Row([box, up, sign_button(sign, look.says(way, name=name), turn)], spacing=0, key=str(option.get("code")))


def _way_out(option: Entry, kept: Collection[str]) -> tuple[ft.IconData, str]:
    if option.get("code") not in kept:
        return ft.Icons.CLOSE_ROUNDED, "fields.option_drop"
    if option.get("active") is False:
        return ft.Icons.UNDO_ROUNDED, "fields.option_back"
    return ft.Icons.VISIBILITY_OFF_OUTLINED, "fields.option_retire"


@ft.component
def _adder(adding: Adding, add: Tap, look: Look) -> ft.Control:
    def typed(event: ft.Event[ft.TextField]) -> None:
        adding.typed = words_in(event)

    box = ft.TextField(value=adding.typed, on_change=typed, on_submit=add)
    said = Caption(look.says("fields.options_add"), help=look.says("fields.options_help"))
    button = tonal(look.says("fields.option_add"), add, tall=False, sign=ft.Icons.ADD_ROUNDED)
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Column([field_box(said, box), button], spacing=S, horizontal_alignment=stretched)
