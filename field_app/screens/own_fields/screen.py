"""字段: the organisation's own fields of a kind in the order of its form, and those that are out of use."""

from collections.abc import Mapping
from functools import partial

import flet as ft

from field_app.actions import own_fields
from field_app.actions.own_fields import KIND, OwnFields
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.own_fields.preview import form_preview
from field_app.screens.own_fields.rows import field_row, retired_row
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled
from field_app.screens.parts.choice import Choose, Option, chips
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.surface import group
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import heading, quiet
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, XL, M, S
from field_app.theme.type import Role

BESIDE = 400  # the phone at the desk, at 100 %


@ft.component
def own_fields_screen(model: Mapping[str, OwnFields], do: Do, look: Look) -> ft.Control:
    """Which kind, its fields, and at a desk the form as a phone shows it."""
    entity, choose = ft.use_state(next(iter(model)))

    async def add() -> None:
        await do.begin(KIND, {"entity": entity})

    list_of = _list(model, entity, lambda code: choose(code), add, do, look)
    if not look.is_desk:
        return list_of
    beside = ft.Container(form_preview(model[entity], entity, do.moment, look), width=BESIDE * min(look.scale, 1.3))
    beside.border = ft.Border.only(left=ft.BorderSide(1, Tone.LINE))
    stretched = ft.CrossAxisAlignment.STRETCH
    whole: list[ft.Control] = [ft.Container(list_of, expand=True), beside]
    return ft.Row(whole, spacing=0, expand=True, vertical_alignment=stretched)


def _list(model: Mapping[str, OwnFields], entity: str, choose: Choose, add: Tap, do: Do, look: Look) -> ft.Control:
    shown = model[entity]
    options = [Option(each, _kind_words(each, model, look)) for each in model]
    kinds = ft.Container(_kinds(options, entity, choose, look), padding=ft.Padding(0, 0, 0, M))
    rows = [field_row(each, at, len(shown.in_use) - 1, do, look) for at, each in enumerate(shown.in_use)]
    body = ft.ReorderableListView(
        rows,
        header=ft.Column([kinds, *_above(shown, look)], spacing=S),
        footer=ft.Column(_below(shown, do, look), spacing=M),
        show_default_drag_handles=False,
        expand=True,
        padding=ft.Padding(MARGIN, S, MARGIN, XL),
        on_reorder=partial(_dragged, shown, do),
    )
    head = page_header(look.says("fields.title"), look.says("fields.below"))
    foot = bottom_bar(filled(look.says("fields.add"), add, sign=ft.Icons.ADD_ROUNDED))
    return ft.Column([middle(head, look, grows=False), middle(body, look), foot], spacing=0, expand=True)


def _kinds(options: list[Option], entity: str, choose: Choose, look: Look) -> ft.Control:
    """All at a glance at a desk; on a phone one line of them, which scrolls."""
    line = chips(options, [entity], choose)
    if not look.is_desk:
        line.wrap, line.scroll = False, ft.ScrollMode.HIDDEN
    return line


def _kind_words(entity: str, model: Mapping[str, OwnFields], look: Look) -> str:
    label, count = look.calls(entity), len(model[entity].in_use)
    return f"{label} {count}" if count else label


def _above(shown: OwnFields, look: Look) -> list[ft.Control]:
    if not shown.in_use:
        return [empty(look.says("fields.none"), ft.Icons.DASHBOARD_CUSTOMIZE_OUTLINED)]
    return [ft.Container(quiet(look.says("fields.order")), padding=ft.Padding.only(bottom=S))]


def _below(shown: OwnFields, do: Do, look: Look) -> list[ft.Control]:
    if not shown.retired:
        return []
    rows = group([retired_row(each, do, look) for each in shown.retired], look.row_indent)
    head = heading(look.says("fields.retired"), Role.SECTION)
    return [ft.Container(head, padding=ft.Padding.only(top=XL)), quiet(look.says("fields.kept")), rows]


async def _dragged(shown: OwnFields, do: Do, event: ft.OnReorderEvent) -> None:
    if event.old_index is None or event.new_index is None:
        return
    field = shown.in_use[event.old_index]
    await do.act(partial(own_fields.move, field_id=field.id, to=event.new_index))
