"""＋拜访: choose whom to call on, or begin with somebody new."""

from dataclasses import dataclass

import flet as ft

from field_app.actions.customer_list import CustomerList, CustomerRow, matching
from field_app.actions.new_visit import given_by_search
from field_app.screens.days import day_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.next_stop import arrival
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import card, group, page_body
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import icon, one_line, words
from field_app.theme.colours import DANGER, Tone
from field_app.theme.measures import L, S
from field_app.theme.type import Role

I = ft.Icons  # noqa: E741 -- signs are named often


@ft.observable
@dataclass(eq=False)
class Search:
    """What is sought, to the letter."""

    typed: str = ""


@ft.component
def new_visit_screen(model: CustomerList, do: Do, look: Look) -> ft.Control:
    """A search, somebody new, and all customers, those met last first."""
    search, _ = ft.use_state(Search())
    pages, _ = ft.use_state(Pages())
    found = matching(model.rows, search.typed) if search.typed.strip() else model.rows

    async def meet_new() -> None:
        await do.back()
        await do.begin("customer", given_by_search(search.typed))

    rows = [_customer(each, model, do, look) for each in pages.of(found)]
    known = group(rows, look.row_indent) if rows else _nobody(bool(model.rows), look, meet_new)
    parts = [_box(search, pages, look), *([_new(look, meet_new)] if rows else []), known]
    body = paged(page_body(*parts, gap=L), pages, len(found))
    bar = top_bar(look.says("new_visit.title"), look.says("new_visit.close"), do.back, closes=True)
    return ft.Column([middle(bar, look, grows=False), middle(body, look)], spacing=0, expand=True)


def _box(search: Search, pages: Pages, look: Look) -> ft.Control:
    def seek(event: ft.Event[ft.TextField]) -> None:
        search.typed = words_in(event)
        pages.begin_anew()

    box = ft.TextField(value=search.typed, on_change=seek, hint_text=look.says("new_visit.search_hint"))
    box.prefix_icon = icon(I.SEARCH_ROUNDED)
    return field_box(Caption(look.says("new_visit.search")), box)


def _new(look: Look, on_tap: Tap) -> ft.Control:
    title = words(look.says("new_visit.new"), Role.STRONG, Tone.ON_TINT)
    line = row(title, lead=icon(I.PERSON_ADD_ALT_ROUNDED, Tone.ON_TINT), tail=chevron(), on_tap=on_tap)
    ground = card(line, 0)
    ground.bgcolor, ground.clip_behavior = Tone.TINT, ft.ClipBehavior.ANTI_ALIAS
    return ground


def _nobody(has_customers: bool, look: Look, on_new: Tap) -> ft.Control:
    said = look.says("new_visit.not_found" if has_customers else "new_visit.nobody")
    return empty(said, I.PERSON_SEARCH_OUTLINED, look.says("new_visit.new"), on_new)


def _customer(customer: CustomerRow, model: CustomerList, do: Do, look: Look) -> ft.Control:
    async def visit() -> None:
        await do.back()
        await do.begin("visit", arrival(customer.id, do))

    last = look.says("new_visit.last", day=day_words(customer.last_visit, look, model.today))
    told = (customer.phone, last if customer.last_visit else customer.address)
    name = one_line(customer.name)
    warned = [tag(look.says("door.do_not_visit"), DANGER)] if customer.do_not_visit else []
    title = ft.Row([name, *warned], spacing=S)
    return row(title, "·".join(filter(None, told)), lead=I.PERSON_OUTLINE_ROUNDED, tail=chevron(), on_tap=visit)
