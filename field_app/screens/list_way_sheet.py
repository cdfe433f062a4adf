"""The sheet on which a view of the customers is put together: whom it shows, in which order and groups, and what stands
out in every view; a name keeps it."""

from collections.abc import Sequence
from typing import cast, get_args

import flet as ft

from field_app.actions.customer_list import CustomerList
from field_app.actions.customer_order import COLUMNS, LATEST_FIRST
from field_app.actions.customer_views import ALL
from field_app.list_views import USUAL_MARKS, Colour, Column, Group, ListView, Mark, StandsOut
from field_app.screens.list_way import Way
from field_app.screens.look import Look
from field_app.screens.parts.button import plain, tonal
from field_app.screens.parts.choice import Option, chips
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.sheet import sheet_of
from field_app.screens.parts.words import heading, quiet
from field_app.screens.region_chips import region_chips
from field_app.theme.measures import M, S
from field_app.theme.type import Role
from visit_core.picklists import CUSTOMER_TYPE, GRADE, INDUSTRY, INTENTION, LIFECYCLE_STAGE, Picklist

DAYS = (7, 14, 30, 90)
TAGS = 12
NAME_LENGTH = 20


@ft.component
def list_way_sheet(model: CustomerList, way: Way, look: Look) -> ft.Control:
    """The sheet while it is open; it takes no room itself."""
    ft.use_dialog(sheet_of([_inside(model, way, look)], way.close) if way.is_choosing else None)
    return ft.Container(visible=False)


@ft.component
def _inside(model: CustomerList, way: Way, look: Look) -> ft.Control:
    parts = [
        heading(look.says("list.choose"), Role.TITLE, 1),
        *_filters(model, way, look),
        _part("list.order", _order(way, look), look),
        _part("list.group", _groups(way, look), look),
        _naming(way, look),
        heading(look.says("list.stands_out"), Role.SECTION),
        *(_standing_out(rule, way, look) for rule in _rules(way)),
    ]
    return ft.Column(parts, spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _part(key: str, control: ft.Control, look: Look) -> ft.Control:
    return ft.Column([quiet(look.says(key), Role.LABEL), control], spacing=S)


def _filters(model: CustomerList, way: Way, look: Look) -> list[ft.Control]:
    view = way.view
    marks = [Option(mark, look.says(f"list.mark.{mark}")) for mark in get_args(Mark)]
    days = [Option(str(each), look.says("list.days", days=each)) for each in DAYS]
    tags = _tags(model, view)
    parts = [
        _part("list.marks", _several(way, "marks", marks, view.marks), look),
        _part("list.unseen", chips(days, [str(view.unseen_days)], lambda code: _unseen(way, int(code))), look),
        _part("list.grade_is", _several(way, "grades", _grades(look), view.grades), look),
        _part("list.stage_is", _several(way, "stages", _of(LIFECYCLE_STAGE, look), view.stages), look),
        _part("list.intention_is", _several(way, "intentions", _of(INTENTION, look), view.intentions), look),
        _part("list.type_is", _several(way, "types", _of(CUSTOMER_TYPE, look), view.types), look),
        _part("list.industry_is", _several(way, "industries", _of(INDUSTRY, look), view.industries), look),
        _part("list.region_is", _regions(model, way, look), look),
    ]
    return [*parts, *([_part("list.tag_is", _several(way, "tags", tags, view.tags), look)] if tags else [])]


def _grades(look: Look) -> list[Option]:
    return [Option(each.code, f"{each.code} {each.label(look.lang)}") for each in GRADE.choices]


def _of(picklist: Picklist, look: Look) -> list[Option]:
    return [Option(choice.code, choice.label(look.lang)) for choice in picklist.choices]


def _tags(model: CustomerList, view: ListView) -> list[Option]:
    """The tags that most customers have, and those that were chosen."""
    times: dict[str, int] = dict.fromkeys(view.tags, len(model.rows))
    for row in model.rows:
        for tag in row.tags:
            times[tag] = times.get(tag, 0) + 1
    return [Option(tag, tag) for tag in sorted(times, key=lambda tag: -times[tag])[:TAGS]]


def _regions(model: CustomerList, way: Way, look: Look) -> ft.Control:
    lines = (row.lives for row in model.rows)
    return region_chips(lines, way.view.regions, lambda places: _change(way, regions=places), look)


def _several(way: Way, part: str, options: Sequence[Option], chosen: Sequence[str]) -> ft.Control:
    def turn(code: str) -> None:
        now: tuple[str, ...] = getattr(way.view, part)
        _change(way, **{part: tuple(c for c in now if c != code) if code in now else (*now, code)})

    return chips(options, chosen, turn)


def _unseen(way: Way, days: int) -> None:
    _change(way, unseen_days=0 if way.view.unseen_days == days else days)


def _change(way: Way, **said: object) -> None:
    """Another view comes of it, which has no name yet."""
    changed = way.view.model_copy(update={**said, "code": "", "name": ""})
    way.look_at(ALL if changed == ALL.model_copy(update={"code": ""}) else changed)


def _order(way: Way, look: Look) -> ft.Control:
    """The latest activity first, or by a column; a second tap turns it round."""
    arrow = {True: "↓", False: "↑"}
    options = [Option("", look.says("list.latest"))]
    for column in COLUMNS:
        here = f" {arrow[way.view.is_falling]}" if way.view.column == column else ""
        options.append(Option(column, look.says(f"customers.column.{column}") + here))

    def turn(code: str) -> None:
        column = cast(Column, code) if code else None
        falls = not way.view.is_falling if way.view.column == column else column in LATEST_FIRST
        _change(way, column=column, is_falling=falls and column is not None)

    return chips(options, [way.view.column or ""], turn)


def _groups(way: Way, look: Look) -> ft.Control:
    options = [Option(group, look.says(f"list.group.{group or 'none'}")) for group in get_args(Group)]
    return chips(options, [way.view.group], lambda code: _change(way, group=code))


@ft.component
def _naming(way: Way, look: Look) -> ft.Control:
    """A name for the view; one that has a name can be forgotten."""
    name, put = ft.use_state("")
    if way.view.name:
        return ft.Row([quiet(way.view.name, Role.BODY, grows=True), plain(look.says("list.drop"), way.drop)])
    box = ft.TextField(value=name, max_length=NAME_LENGTH, on_change=lambda event: put(words_in(event)))

    async def keep() -> None:
        if name.strip():
            await way.keep(name)
            way.close()

    field = ft.Container(field_box(Caption(look.says("list.name")), box), expand=True)
    line = ft.Row([field, tonal(look.says("list.keep"), keep, tall=False)], spacing=S)
    line.vertical_alignment = ft.CrossAxisAlignment.CENTER
    return line


def _rules(way: Way) -> Sequence[StandsOut]:
    """What may stand out, as it was chosen."""
    chosen = {rule.when: rule for rule in way.told.rules}
    return [chosen.get(rule.when, rule) for rule in USUAL_MARKS]


def _standing_out(rule: StandsOut, way: Way, look: Look) -> ft.Control:
    colours = [Option(colour, look.says(f"list.colour.{colour or 'none'}")) for colour in get_args(Colour)]

    async def choose(code: str) -> None:
        changed = rule.model_copy(update={"colour": code})
        await way.let_stand_out(tuple(changed if each.when == rule.when else each for each in _rules(way)))

    said = look.says(f"list.when.{rule.when}", days=rule.days)
    return ft.Column([quiet(said, Role.BODY), chips(colours, [rule.colour], choose)], spacing=S)
