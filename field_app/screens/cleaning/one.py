"""One check of 数据清理: who is concerned, a page of fifty at a time, and all certain forms applied with one tap."""

from functools import partial

import flet as ft

from field_app.actions.cleaning.applying import clean
from field_app.actions.cleaning.looking import Case, Cases
from field_app.places import Place
from field_app.screens.cleaning.words import finding_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, plain
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.question import question
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import quiet, words
from visit_core.errors import VisitError


@ft.observable
class Asking:
    """Whether a person is asked if all is to be applied."""

    def __init__(self) -> None:
        self.is_open = False

    def turn(self, *, is_open: bool) -> None:
        """Ask, or ask no more."""
        self.is_open = is_open


@ft.component
def cleaning_one_screen(model: Cases, do: Do, look: Look) -> ft.Control:
    """Each row opens its customer; the button stands where anything can be applied."""
    pages, _ = ft.use_state(Pages())
    asking, _ = ft.use_state(Asking())
    ft.use_dialog(_question(model, asking, do, look) if asking.is_open else None)
    title = look.says(f"cleaning.check.{model.check}")
    bar = middle(top_bar(title, look.says("app.back"), do.back), look, grows=False)
    rows = [_row(case, model, do, look) for case in pages.of(model.cases)]
    below = quiet(look.says(f"cleaning.below.{model.check}"))
    found = group(rows, look.row_indent) if rows else empty(look.says("cleaning.in_order"), ft.Icons.TASK_ALT_ROUNDED)
    body = paged(page_body(below, found), pages, len(model.cases))
    return ft.Column([bar, middle(body, look), *_apply(model, asking, look)], spacing=0, expand=True)


def _row(case: Case, model: Cases, do: Do, look: Look) -> ft.Control:
    async def go() -> None:
        await do.go(Place("customer", case.id))

    told = [finding_words(finding, model, look) for finding in case.findings]
    title, sign = case.name or look.says("cleaning.no_name"), ft.Icons.PERSON_OUTLINE_ROUNDED
    if look.is_large:
        told = [*filter(None, (case.phone,)), *told]
    else:
        title = "·".join(filter(None, (title, case.phone)))
    return row(title, "\n".join(told), lead=sign, tail=chevron(), on_tap=go)


def _apply(model: Cases, asking: Asking, look: Look) -> list[ft.Control]:
    if not model.fixable:
        return []
    button = filled(look.says("cleaning.apply", count=model.fixable), lambda: asking.turn(is_open=True))
    return [bottom_bar(button)]


def _question(model: Cases, asking: Asking, do: Do, look: Look) -> ft.AlertDialog:
    async def apply() -> None:
        asking.turn(is_open=False)
        done = await do.act(partial(clean, check=model.check))
        if not isinstance(done, VisitError):
            do.say(look.says("cleaning.applied", count=done.fields))

    keep = plain(look.says("cleaning.keep"), lambda: asking.turn(is_open=False))
    go = filled(look.says("cleaning.apply_now"), apply, grows=False)
    asked, below = look.says("cleaning.apply_asked", count=model.fixable), words(look.says("cleaning.apply_below"))
    return question(asked, [below], [keep, go], lambda: asking.turn(is_open=False))
