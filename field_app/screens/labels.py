"""标签: what people write lines under, how often, and one tap to make a field of it."""

from functools import partial

import flet as ft

from field_app.actions import labels
from field_app.actions.labels import Label
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.own_fields.types import type_sign
from field_app.screens.parts.button import plain
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import heading
from field_app.theme.measures import S
from field_app.theme.type import Role
from visit_core.kinds.custom_field import DATA_TYPE


@ft.component
def labels_screen(model: tuple[Label, ...], do: Do, look: Look) -> ft.Control:
    """The most frequent first; below them those that are fields by now."""
    waiting = [_waiting(each, do, look) for each in model if not each.is_field]
    done = [_done(each, look) for each in model if each.is_field]
    parts: list[ft.Control] = [group(waiting, look.row_indent)] if waiting else []
    if done:
        head = heading(look.says("labels.are_fields"), Role.SECTION)
        parts.append(ft.Column([head, group(done, look.row_indent)], spacing=S))
    nothing = empty(look.says("labels.none"), ft.Icons.LABEL_OUTLINE_ROUNDED)
    head_of_page = page_header(look.says("labels.title"), look.says("labels.below"))
    body = middle(page_body(*(parts or [nothing])), look)
    return ft.Column([middle(head_of_page, look, grows=False), body], spacing=0, expand=True)


def _waiting(label: Label, do: Do, look: Look) -> ft.Control:
    async def promote() -> None:
        said = look.says("labels.promoted", name=label.label)
        await do.act(partial(labels.promote, entity=label.entity, label=label.label), said)

    kind, data_type = look.calls(label.entity), DATA_TYPE.label(label.data_type, look.lang)
    key = "labels.used_one" if label.records == 1 else "labels.used"
    below = look.says(key, kind=kind, count=label.records, type=data_type)
    button = plain(look.says("labels.promote"), promote)
    return row(label.label, below, lead=type_sign(label.data_type), tail=button, is_stacked=look.is_large)


def _done(label: Label, look: Look) -> ft.Control:
    kind = look.calls(label.entity)
    below = look.says("labels.is_field", kind=kind, count=label.records)
    return row(label.label, below, lead=ft.Icons.CHECK_CIRCLE_OUTLINE_ROUNDED)
