"""The next version of a form: which fields it asks for, in which order, how urgently."""

from collections.abc import Mapping
from dataclasses import replace

import flet as ft
from pydantic import JsonValue

from field_app.actions.forms_here import VersionForm
from field_app.forms import Answer
from field_app.screens.discarding import discard_dialog
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.open_form import OpenForm
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain, sign_button
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.row import row
from field_app.screens.parts.section import SIGNS
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import quiet
from field_app.theme.colours import SECTION_TONES, Tone
from field_app.theme.measures import S
from visit_core.fields import SECTIONS, FieldSpec, Specs, fields_of
from visit_core.kinds.form_template import FormTemplate
from visit_core.picklists import REQUIRED_LEVEL, TEMPLATES

Entry = dict[str, JsonValue]
NEXT_LEVEL = {"must": "soft", "soft": "none", "none": "off", "off": "must"}


@ft.component
def form_version_screen(model: VersionForm, do: Do, look: Look) -> ft.Control:
    """A line for each field; a tap on its level turns it, the arrow raises it."""
    opened, _ = ft.use_state(OpenForm(model.kept, model.fields, do, _specs()))
    is_leaving, leave = ft.use_state(False)
    ft.use_dialog(discard_dialog(opened, lambda: leave(False), look) if is_leaving else None)

    async def publish() -> None:
        await opened.save(look)

    async def close() -> None:
        await opened.leave(look)

    version = int(str(model.fields.get("version")))
    title = look.says("forms.version", name=_name(model, look), version=version)
    discard = plain(look.says("record_form.discard"), lambda: leave(True), tone=Tone.INK2)
    bar = top_bar(title, look.says("record_form.close"), close, tail=discard, closes=True)
    lines = _lines(opened, opened.draft.answers["fields"], model.specs, look)
    body = page_body(quiet(look.says("forms.hint")), lines, gap=S)
    parts = [
        middle(bar, look, grows=False),
        middle(body, look),
        middle(bottom_bar(filled(look.says("forms.publish"), publish)), look, grows=False),
    ]
    return ft.Column(parts, spacing=0, expand=True)


def _name(model: VersionForm, look: Look) -> str:
    """One of ours goes by its name in the person's language, an organisation's own by the name it was given."""
    code = str(model.fields.get("key"))
    return TEMPLATES.label(code, look.lang) if TEMPLATES.code_of(code) else str(model.fields.get("name"))


def _specs() -> Mapping[str, FieldSpec]:
    listed = fields_of(FormTemplate)["fields"]
    return {"fields": replace(listed, asked=replace(listed.asked, control="parts"))}


@ft.component
def _lines(opened: OpenForm, answer: Answer, specs: Specs, look: Look) -> ft.Control:
    entries = entries_in(answer.raw)
    return group([_line(opened, answer, at, specs, look) for at in range(len(entries))], look.row_indent)


def entries_in(raw: JsonValue) -> list[Entry]:
    """The listed fields as they stand in the form."""
    return [dict(each) for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []


def turned(entries: list[Entry], at: int) -> list[Entry]:
    """One field asked for with the next level."""
    level = NEXT_LEVEL.get(str(entries[at].get("required_level")), "none")
    return [{**each, "required_level": level} if place == at else each for place, each in enumerate(entries)]


def raised(entries: list[Entry], at: int) -> list[Entry]:
    """One field a place higher."""
    return [*entries[: at - 1], entries[at], entries[at - 1], *entries[at + 1 :]]


def _line(opened: OpenForm, answer: Answer, at: int, specs: Specs, look: Look) -> ft.Control:
    entry = entries_in(answer.raw)[at]
    level, spec = str(entry.get("required_level") or "none"), specs.get(str(entry.get("field")))
    section = SECTIONS.get(str(entry.get("section")), "remarks")
    name, said = (
        spec.asked.label(look.lang) if spec else str(entry.get("field")),
        REQUIRED_LEVEL.label(level, look.lang),
    )

    def turn() -> None:
        opened.draft.change("fields", [*turned(entries_in(answer.raw), at)])

    def raise_it() -> None:
        opened.draft.change("fields", [*raised(entries_in(answer.raw), at)])

    button = plain(said, turn, tone=Tone.EDGE if level == "off" else Tone.PRIMARY)
    button.tooltip = look.says("forms.level", name=name, level=said)
    up = sign_button(ft.Icons.KEYBOARD_ARROW_UP_ROUNDED, look.says("fields.up", name=name), raise_it if at else None)
    tail = ft.Row([button, up], spacing=0, tight=True)
    return row(
        name,
        look.says(f"form.section.{section}"),
        lead=SIGNS[section],
        tone=SECTION_TONES[section],
        tail=tail,
        is_stacked=look.is_large,
    )
