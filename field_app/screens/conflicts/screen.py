"""冲突: the list on a phone; list and card side by side at a desk."""

from functools import partial

import flet as ft

from field_app.actions.conflict_cards import ConflictCard, Conflicts
from field_app.places import Place
from field_app.screens.conflicts.card import conflict_card
from field_app.screens.conflicts.rows import conflict_row
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.header import page_header, top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import heading
from field_app.theme.colours import Tone
from field_app.theme.measures import S
from field_app.theme.type import Role

LIST = 340  # beside the card, at 100 %


@ft.component
def conflicts_screen(model: Conflicts, do: Do, look: Look) -> ft.Control:
    """All conflicts, open ones first."""
    return _desk(model, do, look) if look.is_desk and model.cards else _phone(model, do, look)


@ft.component
def _phone(model: Conflicts, do: Do, look: Look) -> ft.Control:
    pages, _ = ft.use_state(Pages())
    drawn = pages.of(model.cards)
    groups = [
        _group(look.says(key), [_opening(card, model, do, look) for card in drawn if card.is_open is is_open])
        for key, is_open in (("conflicts.open", True), ("conflicts.done", False))
        if any(card.is_open is is_open for card in drawn)
    ]
    nothing = empty(look.says("conflicts.empty"), ft.Icons.TASK_ALT_ROUNDED)
    body = paged(page_body(*(groups or [nothing])), pages, len(model.cards))
    return ft.Column([_head(model, do, look), body], spacing=0, expand=True)


def _head(model: Conflicts, do: Do, look: Look) -> ft.Control:
    if not model.is_home:
        return top_bar(look.says("conflicts.title"), look.says("conflicts.back"), do.back)
    waiting = sum(card.is_open for card in model.cards)
    return page_header(look.says("conflicts.title"), look.says("conflicts.left", count=waiting))


def _group(title: str, rows: list[ft.Control]) -> ft.Control:
    return ft.Column([heading(title, Role.SECTION), group(rows, indent=50)], spacing=S)


def _opening(card: ConflictCard, model: Conflicts, do: Do, look: Look) -> ft.Control:
    async def read() -> None:
        await do.go(Place("conflict", card.id))

    return conflict_row(card, model.today, look, read)


@ft.component
def _desk(model: Conflicts, do: Do, look: Look) -> ft.Control:
    pages, _ = ft.use_state(Pages())
    wished, read = ft.use_state("")
    card = next((each for each in model.cards if each.id == wished), model.cards[0])

    async def go_on(seen: ConflictCard) -> None:
        following = next((each.id for each in model.cards if each.is_open and each.id != seen.id), seen.id)
        read(following)

    rows = [
        conflict_row(each, model.today, look, partial(read, each.id), is_chosen=each is card)
        for each in pages.of(model.cards)
    ]
    listed = paged(ft.ListView(rows, expand=True, spacing=0), pages, len(model.cards))
    left = ft.Column([_head(model, do, look), listed], spacing=0)
    beside = ft.Container(
        left, width=LIST * min(look.scale, 1.3), border=ft.Border.only(right=ft.BorderSide(1, Tone.LINE))
    )
    whole = ft.Container(conflict_card(card, model.today, do, look, go_on), expand=True, key=card.id)
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Row([beside, whole], spacing=0, expand=True, vertical_alignment=stretched)
