"""A workbook that came back: every cell that says something new, beside what it said before, and what was not taken."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.book_changes import CellChange
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.notice import banner
from field_app.screens.parts.surface import card
from field_app.screens.parts.tag import Count, counts, tag
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.tables.incoming import Incoming
from field_app.screens.tables.seen import refusals_card
from field_app.theme.colours import ATTENTION, INFO, Tone
from field_app.theme.measures import XS, M
from field_app.theme.type import Role

SHOWN = 50  # cells; the rest is counted


def book_parts(way: Incoming, do: Do, look: Look) -> Sequence[ft.Control]:
    """Counts first, then the cells, then what stays as it is."""
    book = way.book
    if book is None:
        return []
    overtaken = sum(change.is_overtaken for change in book.changes)
    numbers = [
        Count(len(book.changes), look.says("tables.changed")),
        Count(book.fresh, look.says("tables.fresh")),
        Count(overtaken, look.says("tables.overtaken"), Tone.ATTENTION),
    ]
    told = banner(look.says("tables.book"), look.says("tables.book_below"), ft.Icons.SYNC_ALT_ROUNDED, INFO)
    parts: list[ft.Control] = [told, card(counts(numbers, look))]
    if book.refusals:
        parts.append(refusals_card(book.refusals, book.kind, do, look))
    if book.changes:
        parts.append(_changes(book.changes, look))
    if book.gone or book.columns_gone:
        parts.append(quiet(look.says("tables.stays", rows=len(book.gone), columns=len(book.columns_gone))))
    return parts


def _changes(changes: Sequence[CellChange], look: Look) -> ft.Control:
    more = [quiet(look.says("tables.more", count=len(changes) - SHOWN))] if len(changes) > SHOWN else []
    lines = [_change(change, look) for change in changes[:SHOWN]]
    column = [heading(look.says("tables.changes")), *lines, *more]
    return card(ft.Column(column, spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _change(change: CellChange, look: Look) -> ft.Control:
    """Where it stands, what it said, what it says."""
    where = quiet(look.says("tables.cell", row=change.row, column=change.column), Role.LABEL, grows=True)
    marks = [tag(look.says("tables.overtaken_one"), ATTENTION)] if change.is_overtaken else []
    none = look.says("value.none")
    said = look.says("tables.was_says", was=change.was or none, says=change.says or none)
    return ft.Column([ft.Row([where, *marks]), words(said)], spacing=XS)
