"""What 我的 leads to: one line for each place, for those whom it is of use to."""

from collections.abc import Callable
from dataclasses import dataclass

import flet as ft

from field_app.actions.form_words import KIND as WORDS
from field_app.actions.mine import Mine
from field_app.actions.tables_here import may_exchange
from field_app.places import CHANCES, CONFLICTS, SYNC, Place
from field_app.screens.look import Look
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group
from field_app.screens.parts.words import words
from field_app.screens.steering import Steering
from field_app.theme.colours import Tone
from field_app.theme.measures import S
from field_app.theme.type import Role


def _always(_model: Mine, _look: Look) -> bool:
    return True


def _nothing(_model: Mine) -> int:
    return 0


def _is(*roles: str) -> Callable[[Mine, Look], bool]:
    return lambda model, _: model.status.role in roles


@dataclass(frozen=True, slots=True)
class _Way:
    """A place, who is led there, and how much waits there."""

    title: str
    sign: ft.IconData
    place: Place
    is_shown: Callable[[Mine, Look], bool] = _always
    waiting: Callable[[Mine], int] = _nothing


WAYS = (
    _Way("mine.sync", ft.Icons.SYNC_ROUNDED, SYNC, waiting=lambda model: model.status.waiting),
    _Way("mine.conflicts", ft.Icons.CALL_SPLIT_ROUNDED, CONFLICTS, waiting=lambda model: model.conflicts),
    _Way(
        "mine.returned",
        ft.Icons.REPLY_ROUNDED,
        Place("returned"),
        _is("rep"),
        waiting=lambda model: model.status.returned,
    ),
    _Way("mine.devices", ft.Icons.DEVICES_ROUNDED, Place("devices"), _is("supervisor", "admin")),
    _Way(
        "mine.duplicates",
        ft.Icons.CALL_MERGE_ROUNDED,
        Place("duplicates"),
        lambda model, _: model.duplicates is not None,
        waiting=lambda model: model.duplicates or 0,
    ),
    _Way(
        "mine.taking",
        ft.Icons.MOVE_DOWN_ROUNDED,
        Place("taking_over"),
        lambda model, _: bool(model.to_take_over),
        waiting=lambda model: model.to_take_over,
    ),
    _Way("chances.title", ft.Icons.TRENDING_UP_ROUNDED, CHANCES, _is("supervisor")),
    _Way("care.title", ft.Icons.CARD_GIFTCARD_ROUNDED, Place("care")),
    _Way(
        "own.title",
        ft.Icons.TABLE_CHART_OUTLINED,
        Place("own_tables"),
        lambda model, look: model.status.role == "admin" or bool(look.own),
    ),
    _Way(
        "tables.title",
        ft.Icons.SWAP_VERT_ROUNDED,
        Place("tables"),
        lambda model, _: may_exchange(model.status.role),
    ),
    _Way("cleaning.title", ft.Icons.CLEANING_SERVICES_OUTLINED, Place("cleaning"), _is("supervisor")),
)


def work(model: Mine, do: Steering, look: Look) -> ft.Control:
    """The lines, and last the one by which somebody says what they think of a form."""

    async def judge() -> None:
        await do.begin(WORDS, {})

    lines = [_line(way, model, do, look) for way in WAYS if way.is_shown(model, look)]
    lines.append(row(look.says("mine.words"), lead=ft.Icons.RATE_REVIEW_OUTLINED, tail=chevron(), on_tap=judge))
    return group(lines, look.row_indent)


def _line(way: _Way, model: Mine, do: Steering, look: Look) -> ft.Control:
    async def go() -> None:
        await do.go(way.place)

    count = way.waiting(model)
    number = [words(str(count), Role.STRONG, Tone.ATTENTION)] if count else []
    return row(look.says(way.title), lead=way.sign, tail=ft.Row([*number, chevron()], tight=True, spacing=S), on_tap=go)
