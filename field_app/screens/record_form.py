"""A form of any kind: what must be known first, the rest by sections, the save under the thumb."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import cast

import flet as ft

from field_app.actions.record_form import RecordForm, laid_out
from field_app.drafts import KeptDraft
from field_app.forms import Answer
from field_app.screens.discarding import discard_dialog
from field_app.screens.doing import Do
from field_app.screens.field_control import field_control
from field_app.screens.form import form
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.open_form import OpenForm
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain, tonal
from field_app.screens.parts.choice import Option, columns_of, grid
from field_app.screens.parts.field import Caption, advised
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.menu import menu
from field_app.screens.parts.surface import page_body
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import quiet
from field_app.screens.picking import Picking
from field_app.screens.record_picker import picker_sheet
from field_app.screens.supervisor_note import supervisor_note
from field_app.screens.surroundings import Surroundings
from field_app.screens.twin_hint import twin_hint
from field_app.theme.colours import Tone
from field_app.theme.measures import S
from field_app.theme.type import Role
from visit_core.fields import Template
from visit_core.picklists import TEMPLATE
from visit_core.rules.profile import DEFAULT_TEMPLATE

LONG = 12  # fields; a form of more begins with what must be known and keeps the rest in sections
TEMPLATE_FIELD = "template_id"
HINT_AFTER = 2  # fields: name and number


Lay = Callable[[KeptDraft], Awaitable[None]]
"""Lays the form out anew, by the template that is chosen in it."""


@ft.component
def record_form_screen(model: RecordForm, do: Do, look: Look) -> ft.Control:
    """The form; another template lays it out anew, with all that was typed."""
    laid, show = ft.use_state(model)

    async def lay(kept: KeptDraft) -> None:
        answer = await do.ask(partial(laid_out, kept=kept))
        if isinstance(answer, RecordForm):
            show(answer)

    whole: Callable[..., ft.Control] = _form_screen
    return whole(laid, lay, do, look, key=str(laid.fields.get(TEMPLATE_FIELD)))


@ft.component
def _form_screen(model: RecordForm, lay: Lay, do: Do, look: Look) -> ft.Control:
    """The form; what is typed is kept with every change."""
    opened, _ = ft.use_state(_opened(model, do))
    picking, _ = ft.use_state(Picking(opened.draft, model.name_by_id))
    is_leaving, leave = ft.use_state(False)
    ft.use_dialog(picker_sheet(picking, do, look) if picking.field else None)
    ft.use_dialog(discard_dialog(opened, lambda: leave(False), look) if is_leaving else None)
    body = _fields(opened, opened.draft.answers.get(TEMPLATE_FIELD), picking, model, look, lay)
    parts = [_bar(opened, lambda: leave(True), look), middle(body, look), _foot(opened, model, do, look)]
    return ft.Column(parts, spacing=0, expand=True)


def _opened(model: RecordForm, do: Do) -> OpenForm:
    """The form, open where the supervisor wants something mended."""
    opened = OpenForm(model.kept, model.fields, do, model.specs)
    answers = opened.draft.answers
    noted = {answers[note.field].spec.asked.section for note in model.notes if note.field in answers}
    opened.draft.pointed_at |= noted
    return opened


def _bar(opened: OpenForm, ask_first: Tap, look: Look) -> ft.Control:
    kind = look.calls(opened.kept.kind)
    title = look.says("record_form.edit" if opened.kept.record else "record_form.new", kind=kind)

    async def close() -> None:
        await opened.leave(look)

    async def discard() -> None:
        if opened.is_touched:
            ask_first()
        else:
            await opened.discard()

    tail = plain(look.says("record_form.discard"), discard, tone=Tone.INK2)
    return middle(top_bar(title, look.says("record_form.close"), close, tail=tail, closes=True), look, grows=False)


@ft.component
def _fields(
    opened: OpenForm, template: Answer | None, picking: Picking, model: RecordForm, look: Look, lay: Lay
) -> ft.Control:
    """All fields of a short form; of a long one those of its template, and the rest in sections."""
    chosen = cast(Template, (template and template.raw) or DEFAULT_TEMPLATE)
    around = Surroundings(look, picking.name_of, picking.begin, chosen, model.suggested, model.streets)
    draft = opened.draft
    notes = [supervisor_note(note, opened.do.moment().today, look) for note in model.notes]
    if len(draft.answers) <= LONG:
        return page_body(*(field_control(draft, name, around) for name in draft.answers))
    first = [name for name, answer in draft.answers.items() if _is_first(answer, chosen)]
    rest = form(draft, around, {*first, TEMPLATE_FIELD}, None)
    switch = [_templates(opened, chosen, look, lay), *_sheets(opened, chosen, model, look, lay)] if template else []
    more = ft.Column([quiet(look.says("record_form.more"), Role.LABEL), rest], spacing=S)
    controls = [field_control(draft, name, around) for name in first]
    return page_body(
        *notes, *switch, *controls[:HINT_AFTER], *_hints(opened, model, look), *controls[HINT_AFTER:], more
    )


def _hints(opened: OpenForm, model: RecordForm, look: Look) -> list[ft.Control]:
    """Whom one may be about to write down twice."""
    if not model.known:
        return []
    name, mobile, address = (opened.draft.answers[field] for field in ("name", "mobile", "address_detail"))
    return [twin_hint(name, mobile, address, model.known, opened.do, look)]


def _is_first(answer: Answer, template: Template) -> bool:
    asked = answer.spec.asked
    return template in asked.must or template in asked.soft


def _templates(opened: OpenForm, chosen: Template, look: Look, lay: Lay) -> ft.Control:
    """Which fields are asked for first."""
    options = [Option(each.code, each.label(look.lang)) for each in reversed(TEMPLATE.choices)]
    columns = min(2, columns_of(options, look))

    async def choose(code: str) -> None:
        opened.draft.change(TEMPLATE_FIELD, code)
        if chosen not in {each.code for each in TEMPLATE.choices}:
            await lay(opened.kept)

    return grid(options, chosen, choose, columns=columns)


def _sheets(opened: OpenForm, chosen: str, model: RecordForm, look: Look, lay: Lay) -> list[ft.Control]:
    """The other forms, in a menu: the sheets of ours and those that an organisation published."""
    sheets = [Option(each.code, each.label(look.lang)) for each in model.templates if each not in TEMPLATE.choices]
    if not sheets:
        return []

    async def choose(code: str) -> None:
        opened.draft.change(TEMPLATE_FIELD, code or DEFAULT_TEMPLATE)
        await lay(opened.kept)

    label = look.says("record_form.sheet")
    here = chosen if chosen in {each.code for each in sheets} else ""
    return [advised(Caption(label), menu([Option("", look.says("record_form.no_sheet")), *sheets], here, choose))]


def _foot(opened: OpenForm, model: RecordForm, do: Do, look: Look) -> ft.Control:
    async def save() -> None:
        await opened.save(look)

    async def save_and_visit() -> None:
        saved = await opened.save(look)
        if saved:
            await do.begin("visit", {"customer_id": saved.id})

    if opened.kept.kind != "customer" or not model.is_new:
        return bottom_bar(filled(look.says("record_form.save"), save))
    only = tonal(look.says("record_form.save_only"), save)
    both = filled(look.says("record_form.save_and_visit"), save_and_visit)
    return bottom_bar(only, both, stacked=look.is_large)
