"""潜在销售机会: whom a sale may come of now, why, and one tap that plans the visit."""

from functools import partial

import flet as ft

from field_app.actions import chances
from field_app.actions.chances import Chances, LikelyCustomer
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import soft
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import card, page_body
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import quiet, words
from field_app.theme.colours import SUCCESS
from field_app.theme.measures import L, M, S
from visit_core.rules.why import why_likely


@ft.component
def chances_screen(model: Chances, do: Do, look: Look) -> ft.Control:
    """A card each, the likeliest first."""
    pages, _ = ft.use_state(Pages())
    cards = [_card(each, do, look) for each in pages.of(model.likely)]
    nothing = empty(look.says("chances.none"), ft.Icons.TRENDING_UP_ROUNDED)
    told = [quiet(look.says("chances.below", count=len(model.likely))), *cards] if cards else [nothing]
    bar = middle(top_bar(look.says("chances.title"), look.says("app.back"), do.back), look, grows=False)
    body = middle(paged(page_body(*told, gap=M), pages, len(model.likely)), look)
    return ft.Column([bar, body], spacing=0, expand=True)


def _card(likely: LikelyCustomer, do: Do, look: Look) -> ft.Control:
    """A tap on the name opens the customer; the button plans a visit for tomorrow."""

    async def show() -> None:
        await do.go(Place("customer", likely.id))

    name = likely.name or look.says("customers.nameless")
    score = tag(look.says("chances.score", score=likely.chance.score), SUCCESS)
    head = row(name, likely.address, tail=score, on_tap=show, is_stacked=look.is_large)
    lines = [words(line) for line in why_likely(likely.chance, look.lang)]
    inside = ft.Column([*lines, ft.Row([_plan(likely, name, do, look)])], spacing=S)
    whole = card(ft.Column([head, ft.Container(inside, padding=ft.Padding(L, 0, L, L))], spacing=0), 0)
    whole.clip_behavior = ft.ClipBehavior.ANTI_ALIAS
    return whole


def _plan(likely: LikelyCustomer, name: str, do: Do, look: Look) -> ft.Control:
    if likely.is_planned:
        return quiet(look.says("chances.planned"))

    async def plan() -> None:
        title, said = look.says("chances.to_do"), look.says("chances.done", name=name)
        await do.act(partial(chances.plan, customer=likely.id, title=title), said)

    return soft(look.says("chances.plan"), plan, sign=ft.Icons.EVENT_AVAILABLE_OUTLINED)
