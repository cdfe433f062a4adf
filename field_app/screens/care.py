"""维护与奖励: what customers of each grade are to have from us, and the customers, those longest overdue first."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from field_app.actions.care import KIND, Cared, CareHere, Tier
from field_app.places import Place
from field_app.screens.care_words import care_lines, next_visit_words
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import soft
from field_app.screens.parts.choice import Option, columns_of, grid
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import card, group, page_body
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import heading, quiet, words
from field_app.theme.colours import ATTENTION, PLAIN
from field_app.theme.measures import L, S
from field_app.theme.type import Role
from visit_core.picklists import GRADE


@ft.component
def care_screen(model: CareHere, do: Do, look: Look) -> ft.Control:
    """One grade at a time; the first that has anybody is shown first."""
    first = next((each.care.tier for each in model.tiers if each.customers), model.tiers[0].care.tier)
    chosen, choose = ft.use_state(first)
    pages, _ = ft.use_state(Pages())
    tier = next(each for each in model.tiers if each.care.tier == chosen)

    def turn(code: str) -> None:
        pages.begin_anew()
        choose(code)

    options = [Option(each.care.tier, _tier_name(each, model, look)) for each in model.tiers]
    tiers = grid(options, chosen, turn, columns=columns_of(options, look))
    parts = [quiet(look.says("care.below")), tiers, _strategy(tier, model, do, look)]
    parts += _listed(tier, model, pages, do, look)
    body = paged(page_body(*parts, gap=L), pages, len(tier.customers))
    bar = middle(top_bar(look.says("care.title"), look.says("app.back"), do.back), look, grows=False)
    return ft.Column([bar, middle(body, look)], spacing=0, expand=True)


def _tier_name(tier: Tier, model: CareHere, look: Look) -> str:
    """An admin sees no customers, and so no count of them."""
    name = f"{tier.care.tier} {GRADE.label(tier.care.tier, look.lang)}"
    return name if model.may_set else f"{name} {len(tier.customers)}"


def _strategy(tier: Tier, model: CareHere, do: Do, look: Look) -> ft.Control:
    lines: list[ft.Control] = [words(line) for line in care_lines(tier.care, look)]
    if not tier.care.is_set:
        lines.append(quiet(look.says("care.usual")))
    if model.may_set:

        async def write() -> None:
            await do.begin(KIND, {} if tier.strategy else {"tier": tier.care.tier}, record=tier.strategy)

        key = "care.change" if tier.strategy else "care.set"
        lines.append(ft.Row([soft(look.says(key), write, sign=ft.Icons.EDIT_OUTLINED)]))
    title = heading(look.says("care.customer", grade=tier.care.tier), Role.STRONG)
    return card(ft.Column([title, *lines], spacing=S, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _listed(tier: Tier, model: CareHere, pages: Pages, do: Do, look: Look) -> Sequence[ft.Control]:
    if model.may_set:
        return []
    if not tier.customers:
        return [quiet(look.says("care.nobody"), Role.BODY)]
    return [group([_row(each, model.today, do, look) for each in pages.of(tier.customers)])]


def _row(cared: Cared, today: date, do: Do, look: Look) -> ft.Control:
    async def show() -> None:
        await do.go(Place("customer", cared.id))

    name = cared.name or look.says("customers.nameless")
    last = look.says("care.last", day=day_words(cared.last, look, today)) if cared.last else look.says("care.never")
    score = [look.says("care.score", score=cared.score)] if cared.score else []
    is_late = cared.due is not None and cared.due <= today
    due = [tag(next_visit_words(cared.due, today, look), ATTENTION if is_late else PLAIN)] if cared.due else []
    return row(name, "·".join([last, *score]), tail=due[0] if due else None, on_tap=show, is_stacked=look.is_large)
