"""One customer: the head, what happened, what is known, and the visit under the thumb."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.actions.happenings import Happening
from field_app.places import Place
from field_app.screens.customer_head import customer_head, stage_mark
from field_app.screens.customer_reading import Reading
from field_app.screens.customer_timeline import happening_row
from field_app.screens.customer_views import VIEWS, above, listed_in, views_of
from field_app.screens.doing import Do
from field_app.screens.field_past import field_past
from field_app.screens.late_words import late_card
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.older import older_line
from field_app.screens.paging import NEAR_END, Pages
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, sign_button, tonal
from field_app.screens.parts.choice import Option
from field_app.screens.parts.notice import empty
from field_app.screens.parts.tabs import tabs
from field_app.screens.parts.words import one_line
from field_app.screens.unsaved_forms import unsaved_banner
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, XL, XS, L, M, S
from field_app.theme.type import Role

SAYS_ENOUGH = ("profile", "consents")  # without a record, too
HAPPENINGS = 5  # in one message: each may be long
HEAD_GONE = 120  # pixels scrolled after which the name stands in the bar


@ft.component
def customer_screen(model: CustomerPage, do: Do, look: Look) -> ft.Control:
    """The page; its head scrolls away and leaves the name in the bar."""
    reading, _ = ft.use_state(Reading(model.id, do, by_mouse=look.is_desk))
    parts = [_bar(model, reading, do, look), customer_body(model, reading, do, look), customer_foot(model, do, look)]
    return ft.Column(parts, spacing=0, expand=True)


@ft.component
def _bar(model: CustomerPage, reading: Reading, do: Do, look: Look) -> ft.Control:
    async def edit() -> None:
        await do.begin("customer", {}, record=model.id)

    back = sign_button(ft.Icons.ARROW_BACK_ROUNDED, look.says("customer.back"), do.back)
    name = one_line(model.name, Role.TITLE)
    name.expand_loose = True
    who = [name, *stage_mark(model, look)] if reading.is_past_head else []
    edits = sign_button(ft.Icons.EDIT_OUTLINED, look.says("customer.edit"), edit)
    line = ft.Row([back, ft.Row(who, spacing=S, expand=True), edits], spacing=XS)
    return middle(
        ft.Container(line, padding=ft.Padding.symmetric(horizontal=XS, vertical=6), bgcolor=Tone.CARD),
        look,
        grows=False,
    )


@ft.component
def customer_body(model: CustomerPage, reading: Reading, do: Do, look: Look) -> ft.Control:
    """The head, the two views and the one that is read; all of it scrolls."""
    pages, _ = ft.use_state(Pages(HAPPENINGS))
    listed = Listed(reading.tab, listed_in(reading.tab, model), pages)
    shown = [*above(reading.tab, model, reading, do, look), *_records(listed, model, do, look)]
    if reading.tab == next(iter(VIEWS)) and model.has_older:
        shown.append(older_line(model.id, do, look))
    waiting = [*(unsaved_banner(each, do, look) for each in model.unsaved), *late_card(model, do, look)]
    inside = ft.Column([*waiting, *shown], spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    parts = [
        customer_head(model, reading.eyes, do, look),
        _tabs(reading, pages, look),
        ft.Container(inside, padding=_round(L)),
        field_past(reading.recalling, look),
    ]

    def scrolled(event: ft.OnScrollEvent) -> None:
        reading.is_past_head = event.pixels > HEAD_GONE * look.scale
        if event.pixels >= event.max_scroll_extent - NEAR_END:
            pages.more(len(listed.rows))

    pages.fill(len(listed.rows))
    body = ft.ListView(parts, expand=True, spacing=0)
    body.on_scroll, body.scroll_interval = scrolled, 100
    return middle(body, look)


def _round(top: float) -> ft.Padding:
    return ft.Padding(MARGIN, top, MARGIN, XL)


def _tabs(reading: Reading, pages: Pages, look: Look) -> ft.Control:
    def choose(view: str) -> None:
        pages.begin_anew()
        reading.choose(view)

    options = [Option(each, look.says(f"customer.tab.{each}")) for each in views_of(look)]
    fits = look.has_room([each.label for each in options], beside=2 * M + S)
    more = None if fits else (look.says("tabs.more"), look.says("tabs.back"))
    return tabs(options, reading.tab, choose, more)


@dataclass(frozen=True, slots=True)
class Listed:
    """The records of one view, and how many of them are drawn."""

    view: str
    rows: Sequence[Happening]
    pages: Pages


def _records(listed: Listed, model: CustomerPage, do: Do, look: Look) -> list[ft.Control]:
    if not listed.rows:
        said = f"customer.none.{listed.view}"
        return [] if listed.view in SAYS_ENOUGH else [empty(look.says(said), ft.Icons.HISTORY_ROUNDED)]
    last, shown = listed.rows[-1], listed.pages.of(listed.rows)
    rows = [happening_row(each, do, look, model.today, is_last=each is last) for each in shown]
    return [ft.Container(ft.Column(rows, spacing=0), padding=ft.Padding.only(top=S))]


def customer_foot(model: CustomerPage, do: Do, look: Look) -> ft.Control:
    """A visit, or a word in its place."""

    async def visit() -> None:
        await do.begin("visit", {"customer_id": model.id})

    async def quick() -> None:
        await do.go(Place("quick", model.id))

    begin = filled(look.says("customer.visit"), visit, sign=ft.Icons.ADD_ROUNDED)
    return bottom_bar(tonal(look.says("customer.quick"), quick), begin, stacked=look.is_large)
