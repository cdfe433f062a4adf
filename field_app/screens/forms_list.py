"""模板: the forms customers are written down by, a blank sheet of each for Excel, and the way to the next version."""

from functools import partial

import flet as ft

from field_app.actions import forms_here
from field_app.actions.forms_here import KIND, Form
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.button import abreast, soft
from field_app.screens.parts.header import page_header
from field_app.screens.parts.surface import card, page_body
from field_app.screens.parts.words import heading, one_line, quiet, words
from field_app.theme.measures import M, S
from field_app.theme.type import Role
from visit_core.errors import VisitError


@ft.component
def forms_screen(model: tuple[Form, ...], do: Do, look: Look) -> ft.Control:
    """Those that reps choose from first, then the sheets."""
    parts = [
        _group(look.says(key), [each for each in model if each.is_sheet is is_sheet], do, look)
        for key, is_sheet in _PARTS
    ]
    head = page_header(look.says("forms.title"), look.says("forms.below"))
    return ft.Column([middle(head, look, grows=False), middle(page_body(*parts), look)], spacing=0, expand=True)


_PARTS = (("forms.ours", False), ("forms.sheets", True))


def _group(title: str, forms: list[Form], do: Do, look: Look) -> ft.Control:
    return ft.Column([heading(title, Role.SECTION), *(_form(each, do, look) for each in forms)], spacing=M)


def _form(form: Form, do: Do, look: Look) -> ft.Control:
    name = form.zh if look.lang == "zh" else form.en
    told = look.says("forms.told", version=form.version, fields=form.fields, must=form.must)

    async def keep_blank() -> None:
        content = await do.ask(partial(forms_here.blank_sheet, code=form.code, lang=look.lang))
        file = f"{name}.xlsx"
        kept = not isinstance(content, VisitError) and await do.outside.save_file(file, content)
        do.say(look.says("forms.saved", name=file) if kept else look.says("forms.not_saved"))

    async def next_version() -> None:
        given = await do.ask(partial(forms_here.next_version, code=form.code))
        if not isinstance(given, VisitError):
            await do.begin(KIND, given)

    ways = abreast(
        [
            soft(look.says("forms.blank"), keep_blank, sign=ft.Icons.DOWNLOAD_ROUNDED),
            soft(look.says("forms.next"), next_version, sign=ft.Icons.EDIT_OUTLINED),
        ],
        stacked=look.is_large,
    )
    stretched = ft.CrossAxisAlignment.STRETCH
    lines = [one_line(name, grows=False), quiet(told), *_words(form, look), ways]
    return card(ft.Column(lines, spacing=S, horizontal_alignment=stretched))


def _words(form: Form, look: Look) -> list[ft.Control]:
    """What people of ours think of it, and how it could be better."""
    marks = form.words.marks
    if not marks:
        return []
    mean = look.says("forms.words", mean=f"{form.words.mean:.1f}", count=len(marks))
    return [words(mean), *(quiet(look.says("forms.suggestion", said=said)) for said in form.words.suggestions)]
