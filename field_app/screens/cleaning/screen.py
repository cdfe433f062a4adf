"""数据清理: every check with how many customers it finds, and what was cleaned so far."""

from functools import partial

import flet as ft

from field_app.actions.cleaning.looking import Cleaning, Count, Done
from field_app.actions.reverting import revert_import
from field_app.places import Place
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.button import plain
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.tables.taken_back import back_words
from field_app.theme.colours import Tone
from field_app.theme.measures import M, S
from field_app.theme.type import Role
from visit_core.errors import VisitError

SIGNS = {
    "numbers": ft.Icons.CALL_OUTLINED,
    "spelling": ft.Icons.SPELLCHECK_ROUNDED,
    "dates": ft.Icons.EVENT_OUTLINED,
    "places": ft.Icons.PLACE_OUTLINED,
    "empty": ft.Icons.CHECK_BOX_OUTLINE_BLANK_ROUNDED,
    "doubles": ft.Icons.PEOPLE_ALT_OUTLINED,
    "stale": ft.Icons.HISTORY_ROUNDED,
    "broken": ft.Icons.REPORT_OUTLINED,
}


@ft.component
def cleaning_screen(model: Cleaning, do: Do, look: Look) -> ft.Control:
    """What is found leads to the customers; what is in order says so and leads nowhere."""
    below = quiet(look.says("cleaning.below", count=model.customers))
    checks = group([_check(each, do, look) for each in model.counts], look.row_indent)
    parts = [below, checks, *([_done(model, do, look)] if model.done else [])]
    bar = middle(top_bar(look.says("cleaning.title"), look.says("app.back"), do.back), look, grows=False)
    return ft.Column([bar, middle(page_body(*parts), look)], spacing=0, expand=True)


def _check(count: Count, do: Do, look: Look) -> ft.Control:
    async def go() -> None:
        await do.go(Place("cleaning_one", count.check))

    title, sign = look.says(f"cleaning.check.{count.check}"), SIGNS[count.check]
    if not count.customers:
        in_order = ft.Icon(ft.Icons.CHECK_CIRCLE_OUTLINE_ROUNDED, color=Tone.SUCCESS)
        return row(title, look.says("cleaning.in_order"), lead=sign, tail=in_order)
    key = "cleaning.found_fixable" if count.fixable else "cleaning.found"
    below = look.says(f"{key}_one" if count.customers == 1 else key, count=count.customers, fixable=count.fixable)
    number = words(str(count.customers), Role.STRONG, Tone.ATTENTION)
    tail = ft.Row([number, chevron()], tight=True, spacing=S)
    return row(title, below, lead=sign, tail=tail, on_tap=go)


def _done(model: Cleaning, do: Do, look: Look) -> ft.Control:
    rows = group([_one(each, do, look) for each in model.done])
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Column([heading(look.says("cleaning.done")), rows], spacing=M, horizontal_alignment=stretched)


def _one(done: Done, do: Do, look: Look) -> ft.Control:
    async def take_back() -> None:
        answer = await do.act(partial(revert_import, import_id=done.id))
        if not isinstance(answer, VisitError):
            do.say(look.says("value.semicolon").join(filter(None, back_words(answer, look))))

    said = look.says("cleaning.done_one", check=look.says(f"cleaning.check.{done.check}"), count=done.fields)
    tail: ft.Control = quiet(look.says("tables.was_reverted"))
    if not done.is_reverted:
        tail = plain(look.says("tables.revert_short"), take_back, tone=Tone.DANGER)
    return row(said, moment_words(done.at, look, do.moment().today), tail=tail, is_stacked=look.is_large)
