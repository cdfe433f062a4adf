"""Customers in a list: who, which number, where, when last, and what there is to know before one goes."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from field_app.actions.customer_list import CustomerRow
from field_app.screens.days import day_words
from field_app.screens.look import Look
from field_app.screens.marks import SYNC, do_not_visit_mark, incomplete_mark, sync_marks
from field_app.screens.parts.surface import card, edge
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import Do, one_line, quiet
from field_app.theme.colours import Meaning, Tone
from field_app.theme.measures import SECTION_BAR, L, S


def customer_row(
    customer: CustomerRow,
    look: Look,
    today: date,
    on_tap: Do,
    *,
    standing: Sequence[tuple[str, Meaning]] = (),
    stands_out: Meaning | None = None,
) -> ft.Control:
    """One customer; a tap opens or chooses them. Few controls: fifty of these travel in one message.

    `standing` are words beside the marks, `stands_out` gives the line an edge in that colour.
    """
    lines = ft.Column([*_first(customer, look), *_second(customer, look, today, standing)], spacing=2)
    padding = ft.Padding.symmetric(horizontal=L, vertical=10)
    tapped = ft.Container(lines, padding=padding, ink=True, ink_color=Tone.PRESSED, border=edge("bottom"))
    tapped.on_click = on_tap
    if stands_out:
        line = ft.BorderSide(1, Tone.LINE)
        tapped.border = ft.Border.only(left=ft.BorderSide(SECTION_BAR, stands_out.tone), bottom=line)
        tapped.padding = ft.Padding(L - SECTION_BAR, 10, L, 10)
    return ft.Semantics(button=True, container=True, content=tapped)


def customer_group(rows: Sequence[ft.Control]) -> ft.Container:
    """Such rows in one card; each draws its own hairline."""
    whole = card(ft.Column(list(rows), spacing=0), padding=0)
    whole.clip_behavior = ft.ClipBehavior.ANTI_ALIAS
    return whole


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


def _first(customer: CustomerRow, look: Look) -> list[ft.Control]:
    """Who, and the number at the right; under it where large words need the width."""
    name = customer.name or look.says("customers.nameless")
    if look.is_large or not customer.phone:
        return [one_line(name, grows=False), *([quiet(customer.phone)] if customer.phone else [])]
    return [ft.Row([one_line(name), quiet(customer.phone)], spacing=S)]


def _second(
    customer: CustomerRow, look: Look, today: date, standing: Sequence[tuple[str, Meaning]]
) -> list[ft.Control]:
    """Where and when, and the marks beside it; under it where large words need the width."""
    where = quiet(below(customer, look, today))
    where.max_lines, where.overflow = 2, ft.TextOverflow.ELLIPSIS
    marks = [*(tag(said, meaning) for said, meaning in standing), *_marks(customer, look)]
    if look.is_large or not marks:
        return [where, *([ft.Row(marks, spacing=6, wrap=True, run_spacing=2)] if marks else [])]
    where.expand = True
    return [ft.Row([where, *marks], spacing=6)]


def _marks(customer: CustomerRow, look: Look) -> list[ft.Control]:
    """谢绝上门, 待完善, and how far the record has come."""
    wants_none = [do_not_visit_mark(look)] if customer.do_not_visit else []
    lacks = [incomplete_mark(look)] if customer.is_incomplete else []
    return [*wants_none, *lacks, *sync_marks(customer.sync_state, look)]
