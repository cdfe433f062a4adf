"""新字段, 改字段: what it is called and is; how it is asked for; and, all the while, what it will look like."""

from functools import partial

import flet as ft
from pydantic import JsonValue

from field_app.actions import own_fields
from field_app.actions.own_field_form import OwnFieldForm, as_seen, key_for
from field_app.forms import Answer
from field_app.screens.discarding import discard_dialog
from field_app.screens.doing import Do
from field_app.screens.field_control import field_control
from field_app.screens.form import SECTIONS
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.open_form import OpenForm
from field_app.screens.own_fields.options import options_control, options_in
from field_app.screens.own_fields.parts import condition_control, limits_control
from field_app.screens.own_fields.preview import preview_of
from field_app.screens.own_fields.types import type_options
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain, tonal
from field_app.screens.parts.choice import Option, columns_of, grid
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.row import fact
from field_app.screens.parts.section import SIGNS
from field_app.screens.parts.surface import card, page_body
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import heading, quiet
from field_app.screens.surroundings import Surroundings
from field_app.theme.colours import Tone
from field_app.theme.measures import XL, M, S
from visit_core.errors import NotValid
from visit_core.explain import explain
from visit_core.kinds.custom_field import CHOSEN, DATA_TYPE
from visit_core.picklists import REQUIRED_LEVEL
from visit_core.shapes import OneOf

NAMED = ("label_zh", "label_en", "help_zh", "help_en")
SHOWS_IN_PREVIEW = (
    "label_zh",
    "label_en",
    "help_zh",
    "help_en",
    "data_type",
    "required_level",
    "options",
    "validation",
)
MORE = ("default", "default_rule", "sensitive", "personal", "lock_roles")


@ft.component
def own_field_screen(model: OwnFieldForm, do: Do, look: Look) -> ft.Control:
    """The form; what is typed is kept with every change."""
    opened, _ = ft.use_state(OpenForm(model.kept, model.fields, do, model.specs))
    is_leaving, leave = ft.use_state(False)
    ft.use_dialog(discard_dialog(opened, lambda: leave(False), look) if is_leaving else None)
    body = _body(opened, model, look)
    parts = [_bar(opened, model, lambda: leave(True), look), middle(body, look), _foot(opened, model, look)]
    return ft.Column(parts, spacing=0, expand=True)


def _bar(opened: OpenForm, model: OwnFieldForm, ask_first: Tap, look: Look) -> ft.Control:
    title = look.says("fields.new" if model.is_new else "fields.edit", kind=look.calls(model.entity))

    async def close() -> None:
        await opened.leave(look)

    async def discard() -> None:
        if opened.is_touched:
            ask_first()
        else:
            await opened.discard()

    tail = plain(look.says("record_form.discard"), discard, tone=Tone.INK2)
    return middle(top_bar(title, look.says("record_form.close"), close, tail=tail, closes=True), look, grows=False)


def _body(opened: OpenForm, model: OwnFieldForm, look: Look) -> ft.Control:
    draft, answers = opened.draft, opened.draft.answers
    around = Surroundings(look, lambda *_: "", lambda _: None)
    kept = (
        frozenset(str(each.get("code")) for each in options_in(model.fields.get("options")))
        if model.kept.record
        else frozenset()
    )
    data_type = answers["data_type"]
    shown = {name: answers[name] for name in SHOWS_IN_PREVIEW}
    return page_body(
        field_control(draft, "label_zh", around),
        _type(opened, model, data_type, look),
        _details(opened, kept, data_type, around),
        field_control(draft, "help_zh", around),
        _chosen(opened, answers["required_level"], _levels(look), look),
        _chosen(opened, answers["section"], _sections(look), look),
        _preview(opened, model, look, *shown.values()),
        heading(look.says("fields.more")),
        field_control(draft, "label_en", around),
        field_control(draft, "help_en", around),
        *(field_control(draft, name, around) for name in MORE),
        condition_control(draft, answers["visible_if"], around, model.beside),
        gap=XL,
    )


@ft.component
def _type(opened: OpenForm, model: OwnFieldForm, answer: Answer, look: Look) -> ft.Control:
    """Chosen once: what stands in records is of that type."""
    if not model.is_new:
        said = DATA_TYPE.label(str(answer.raw), look.lang)
        return card(
            ft.Column(
                [fact(answer.spec.asked.label(look.lang), said), quiet(look.says("fields.type_stays"))], spacing=S
            )
        )
    options = type_options(look)
    tiles = grid(
        options, str(answer.raw), lambda code: opened.draft.change("data_type", code), columns=columns_of(options, look)
    )
    return _titled(answer.spec.asked.label(look.lang), tiles, look.says("form.must"))


@ft.component
def _details(opened: OpenForm, kept: frozenset[str], data_type: Answer, around: Surroundings) -> ft.Control:
    """What the type asks for besides: options, limits, a pattern."""
    draft, answers = opened.draft, opened.draft.answers
    if data_type.raw in CHOSEN:
        return options_control(draft, answers["options"], around, kept)
    return limits_control(draft, answers["validation"], data_type, around)


@ft.component
def _chosen(opened: OpenForm, answer: Answer, options: list[Option], look: Look) -> ft.Control:
    """One of a few that is always chosen."""
    tiles = grid(
        options,
        str(answer.raw),
        lambda code: opened.draft.change(answer.spec.name, code),
        columns=columns_of(options, look),
    )
    return _titled(answer.spec.asked.label(look.lang), tiles, "")


def _levels(look: Look) -> list[Option]:
    """How urgently it is asked for; where it is not asked for at all, a form or nobody uses it."""
    return [Option(each.code, each.label(look.lang)) for each in REQUIRED_LEVEL.choices if each.code != "off"]


def _sections(look: Look) -> list[Option]:
    """Where it stands in the form, by sign and name."""
    return [Option(each, look.says(f"form.section.{each}"), SIGNS[each]) for each in SECTIONS]


@ft.component
def _preview(opened: OpenForm, model: OwnFieldForm, look: Look, *_shown: Answer) -> ft.Control:
    """The very control that a rep will have, drawn anew with every change."""
    fields: dict[str, JsonValue] = {name: answer.raw for name, answer in opened.draft.answers.items()}
    spec = as_seen(
        {**fields, "entity": model.entity, "label_zh": fields.get("label_zh") or look.says("fields.no_name")}
    )
    if spec is None:
        return quiet(look.says("fields.no_preview"))
    drawn = preview_of(spec, model.entity, opened.draft.moment, look)
    return card(ft.Column([quiet(look.says("fields.on_a_phone")), drawn], spacing=M))


def _titled(title: str, control: ft.Control, beside: str) -> ft.Control:
    head = ft.Row([ft.Container(heading(title), expand=True), *([quiet(beside)] if beside else [])])
    return ft.Column([head, control], spacing=S)


def _foot(opened: OpenForm, model: OwnFieldForm, look: Look) -> ft.Control:
    async def save() -> None:
        label = str(opened.draft.answers["label_zh"].raw or "")
        if model.is_new and label.strip() and not opened.draft.answers["key"].is_filled:
            opened.draft.change("key", key_for(label, model.taken))
        if _has_fitting_default(opened, model, look):
            await opened.save(look)

    async def retire() -> None:
        said = look.says("fields.retired_now", name=str(opened.draft.answers["label_zh"].raw or ""))
        await opened.discard()
        await opened.do.act(partial(own_fields.retire, field_id=opened.kept.record), said)

    out = [] if model.is_new or model.fields.get("active") is False else [tonal(look.says("fields.retire"), retire)]
    return bottom_bar(*out, filled(look.says("fields.save"), save), stacked=look.is_large)


def _has_fitting_default(opened: OpenForm, model: OwnFieldForm, look: Look) -> bool:
    """Whether the default can stand in the field: else nobody could save a new record."""
    answer = opened.draft.answers["default"]
    spec = as_seen({**opened.draft.fields(), "entity": model.entity})
    try:
        canonical = spec.read(answer.raw, opened.draft.moment()) if spec else None
    except NotValid as refused:
        opened.draft.refuse(refused.at("default"))
        opened.do.say(explain(refused, look.lang, kind=opened.kept.kind))
        return False
    if isinstance(spec and spec.shape, OneOf) and canonical != answer.raw:
        opened.draft.change("default", canonical)
    return True
