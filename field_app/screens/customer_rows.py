"""Customers in a list: who, which number, where, when last, and what there is to know before one goes."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from field_app.actions.customer_list import CustomerRow
from field_app.screens.days import day_words
from field_app.screens.look import Look
from field_app.screens.marks import SYNC, do_not_visit_mark, incomplete_mark, sync_marks
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import Do, quiet
from field_app.theme.colours import Meaning, Tone
from field_app.theme.measures import CARD_RADIUS, SECTION_BAR, L, S


def customer_row(
    customer: CustomerRow,
    look: Look,
    today: date,
    on_tap: Do,
    *,
    standing: Sequence[tuple[str, Meaning]] = (),
    stands_out: Meaning | None = None,
) -> ft.Control:
    """One customer; a tap opens or chooses them. Few controls: fifty of these travel at once, and the theme says how
    a tile looks.

    `standing` are words beside the marks, `stands_out` gives the line an edge in that colour.
    """
    marks = [*(tag(said, meaning) for said, meaning in standing), *_marks(customer, look)]
    tile = ft.ListTile(title=_first(customer, look), subtitle=_second(customer, look, today, marks), on_click=on_tap)
    if not stands_out:
        return tile
    tile.content_padding = ft.Padding.only(left=L - SECTION_BAR, right=L)
    return ft.Container(tile, border=ft.Border(left=ft.BorderSide(SECTION_BAR, stands_out.tone)))


def customer_group(rows: Sequence[ft.Control]) -> ft.Card:
    """Such rows in one card, parted by the ground that shows between them."""
    shape = ft.RoundedRectangleBorder(radius=CARD_RADIUS)
    lines = ft.Column(list(rows), spacing=1)
    return ft.Card(
        lines, bgcolor=Tone.LINE, shape=shape, elevation=0, margin=0, clip_behavior=ft.ClipBehavior.ANTI_ALIAS
    )


def below(customer: CustomerRow, look: Look, today: date) -> str:
    """Where, and when somebody was last there."""
    last = look.says("customers.last", day=day_words(customer.last_visit, look, today)) if customer.last_visit else ""
    return "·".join(part for part in (customer.address, last or look.says("customers.never")) if part)


def state_words(customer: CustomerRow, look: Look) -> tuple[str, Tone]:
    """What there is to know in one line of words, in the colour of the gravest."""
    keys = {"do_not_visit": customer.do_not_visit, "incomplete": customer.is_incomplete}
    said = [look.says(f"mark.{key}") for key, holds in keys.items() if holds]
    state = [look.says(f"mark.{customer.sync_state}")] if customer.sync_state in SYNC else []
    grave = Tone.DANGER if customer.do_not_visit else Tone.ATTENTION if customer.is_incomplete else Tone.INK2
    return "·".join([*said, *state]), grave


def _first(customer: CustomerRow, look: Look) -> str | ft.Control:
    """Who, and the number at the right where its words leave it room."""
    name = customer.name or look.says("customers.nameless")
    if look.is_large or not customer.phone:
        return name
    who = ft.Text(name, max_lines=1, overflow=ft.TextOverflow.ELLIPSIS, expand=True)
    return ft.Row([who, quiet(customer.phone)], spacing=S)


def _second(customer: CustomerRow, look: Look, today: date, marks: Sequence[ft.Control]) -> str | ft.Control:
    """Where and when, and the marks beside it; under it where large words need the width."""
    said = below(customer, look, today)
    if look.is_large:
        lines = f"{customer.phone}\n{said}" if customer.phone else said
        return ft.Column([ft.Text(lines), ft.Row(list(marks), spacing=6, wrap=True, run_spacing=2)]) if marks else lines
    return ft.Row([ft.Text(said, expand=True), *marks], spacing=6) if marks else said


def _marks(customer: CustomerRow, look: Look) -> list[ft.Control]:
    """谢绝上门, 待完善, and how far the record has come."""
    wants_none = [do_not_visit_mark(look)] if customer.do_not_visit else []
    lacks = [incomplete_mark(look)] if customer.is_incomplete else []
    return [*wants_none, *lacks, *sync_marks(customer.sync_state, look)]
