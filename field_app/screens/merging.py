"""合并客户: both side by side, field by field where they differ; one word makes them one, another says they are two."""

from collections.abc import Callable
from functools import partial

import flet as ft

from field_app.actions.comparing import Difference, Pick, Picks, later_by_server
from field_app.actions.duplicates import SideBySide, Somebody
from field_app.actions.facts import Fact
from field_app.actions.merging import merge, say_apart
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.fact_words import fact_words
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, tonal
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.surface import card, page_body
from field_app.screens.parts.values import Candidate, candidates
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.register_words import value_words
from field_app.theme.measures import XS, L, M, S
from field_app.theme.type import Role
from visit_core.errors import VisitError

PICKS: tuple[Pick, ...] = ("kept", "other")
ABREAST_UNTIL = 1.3  # larger words need the width of a row each
NOTHING: Picks = {}


@ft.component
def merging_screen(model: SideBySide | None, do: Do, look: Look) -> ft.Control:
    """The two, then each difference with the value that is taken unless somebody taps the other."""
    picks, pick = ft.use_state(NOTHING)
    usual, know = ft.use_state(NOTHING)
    bar = middle(top_bar(look.says("merging.title"), look.says("duplicates.back"), do.back), look, grows=False)

    async def ask() -> None:
        later = await do.reach(partial(later_by_server, kept=model.kept.id, other=model.other.id)) if model else {}
        know({} if isinstance(later, VisitError) else later)

    ft.use_effect(ask, [])
    if model is None:
        gone = empty(look.says("merging.gone"), ft.Icons.TASK_ALT_ROUNDED, look.says("duplicates.back"), do.back)
        return ft.Column([bar, gone], spacing=0, expand=True)

    def choose(field: str, code: str) -> None:
        pick({**picks, field: "other" if code == "other" else "kept"})

    chosen = {**usual, **picks}
    told = [_difference(each, chosen, model, partial(choose, each.fields[0]), look) for each in model.differences]
    body = page_body(_both(model, look), *told, quiet(look.says("merging.rest")), gap=L)
    return ft.Column([bar, middle(body, look), _foot(model, chosen, do, look)], spacing=0, expand=True)


def _both(model: SideBySide, look: Look) -> ft.Control:
    """Side by side where their words have room."""
    cards = [_head("merging.of_first", model.kept, model, look), _head("merging.of_second", model.other, model, look)]
    if not look.is_desk:
        return ft.Column([*cards], spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    for each in cards:
        each.expand = True
    return ft.Row([*cards], spacing=M, intrinsic_height=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(key: str, one: Somebody, model: SideBySide, look: Look) -> ft.Container:
    lines = [quiet("·".join((look.says(key), _made(one, model, look))), Role.LABEL), heading(one.name, Role.TITLE)]
    lines += [words(each, Role.SECOND) for each in (one.phone, one.address) if each]
    lines.append(quiet(look.says("merging.visits", count=one.visits)))
    return card(ft.Column([*lines], spacing=XS))


def _made(one: Somebody, model: SideBySide, look: Look) -> str:
    return look.says("merging.made", day=day_words(one.made_at, look, model.today))


def _difference(
    each: Difference, picks: Picks, model: SideBySide, choose: Callable[[str], object], look: Look
) -> ft.Control:
    labels = [model.specs[name].asked.label(look.lang) for name in each.fields]
    mine, theirs = _words(each, model, look)
    offered = [
        Candidate("kept", look.says("merging.of_first"), mine, _made(model.kept, model, look)),
        Candidate("other", look.says("merging.of_second"), theirs, _made(model.other, model, look)),
    ]
    abreast = look.is_desk and look.scale <= ABREAST_UNTIL
    chosen = picks.get(each.fields[0], each.usual)
    values = candidates(offered, chosen, "", choose, abreast=abreast)
    return ft.Column([heading(look.says("value.comma").join(labels), Role.SECTION), values], spacing=S)


def _words(each: Difference, model: SideBySide, look: Look) -> tuple[str, str]:
    """Both values; numbers masked, unless masked they could not be told apart."""
    masked = [_told(each, side, model, look, in_full=False) for side in PICKS]
    told = masked if masked[0] != masked[1] else [_told(each, side, model, look, in_full=True) for side in PICKS]
    return told[0], told[1]


def _told(each: Difference, side: Pick, model: SideBySide, look: Look, *, in_full: bool) -> str:
    values = each.kept if side == "kept" else each.other
    said = []
    for name, value in zip(each.fields, values, strict=True):
        spec = model.specs[name]
        if value in (None, ""):
            continue
        in_words = value_words(spec, value, look, model.today) if in_full else None
        said.append(in_words or fact_words(Fact(spec, value), look, model.today, model.name_by_id))
    return look.says("value.comma").join(said) or look.says("value.none")


def _foot(model: SideBySide, picks: Picks, do: Do, look: Look) -> ft.Control:
    one, other = model.kept.id, model.other.id

    async def go() -> None:
        done = await do.act(partial(merge, kept=one, other=other, picks=picks), look.says("merging.done"))
        if not isinstance(done, VisitError):
            await do.back()

    async def apart() -> None:
        done = await do.act(partial(say_apart, one=one, other=other), look.says("merging.apart_said"))
        if not isinstance(done, VisitError):
            await do.back()

    first = filled(look.says("merging.go"), go, sign=ft.Icons.CALL_MERGE_ROUNDED)
    return bottom_bar(tonal(look.says("merging.apart"), apart), first, stacked=look.is_large)
