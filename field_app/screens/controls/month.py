"""A day chosen from a month, on a sheet: seven days side by side, each as large as a finger on the smallest phone.

Material's own calendar is 328 wide whatever the window: its days are 43, and they do not grow with a person's words.
"""

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import flet as ft

from field_app.screens.days import WEEKDAYS, day_words, month_name, month_words
from field_app.screens.look import Look
from field_app.screens.parts.button import plain, sign_button
from field_app.screens.parts.choice import Option, grid
from field_app.screens.parts.heard import heard
from field_app.screens.parts.sheet import sheet_of
from field_app.screens.parts.words import Do, quiet, unread, words
from field_app.theme.colours import Tone
from field_app.theme.measures import CHOSEN_EDGE, RADIUS, TOUCH, S
from field_app.theme.type import Role

Choose = Callable[[date], object]
Level = Literal["days", "months", "years"]
YEAR, YEARS = 12, 12  # months of a year; years on a page
LONG = {"days": 1, "months": YEAR, "years": YEAR * YEARS}  # months that a step to the next page is


@dataclass(frozen=True, slots=True)
class Span:
    """Which days one may choose from, which is chosen or nearest at hand, and which is today."""

    first: date
    last: date
    chosen: date
    today: date


@ft.observable
class Page:
    """What one looks at: the days of a month, the months of a year, or a dozen years."""

    def __init__(self, month: date) -> None:
        self.level: Level = "days"
        self.month = month.replace(day=1)

    def turn(self, pages: int) -> None:
        """That many pages on, or back."""
        self.month = moved(self.month, pages * LONG[self.level])

    def choose(self, level: Level, month: date) -> None:
        """Look at a month on another level."""
        self.level, self.month = level, month

    def begins(self, pages: int = 0) -> date:
        """The first day on the page that comes so many later."""
        year = self.month.replace(month=1)
        first = {"days": self.month, "months": year, "years": moved(year, -YEAR * (year.year % YEARS))}[self.level]
        return moved(first, pages * LONG[self.level])


def moved(month: date, by: int) -> date:
    """The first day of the month so many months later; it stays in the years that a date can be in."""
    count = min(max(month.year * YEAR + month.month - 1 + by, YEAR), date.max.year * YEAR)
    return date(count // YEAR, count % YEAR + 1, 1)


def month_sheet(span: Span, choose: Choose, close: Do, look: Look) -> ft.BottomSheet:
    """The sheet, open at the month of the chosen day."""
    return sheet_of([_sheet(span, choose, look)], close, side=S)


@ft.component
def _sheet(span: Span, choose: Choose, look: Look) -> ft.Control:
    page, _ = ft.use_state(Page(span.chosen))
    return _inside(page, span, choose, look)


@ft.component
def _inside(page: Page, span: Span, choose: Choose, look: Look) -> ft.Control:
    parts = [_head(page, span, look)]
    if page.level == "days":
        parts += [_weekdays(look), _days(page.month, span, choose, look), *_today(span, choose, look)]
    else:
        parts.append(_months(page, look) if page.level == "months" else _years(page, span))
    return ft.Column(parts, spacing=S, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(page: Page, span: Span, look: Look) -> ft.Control:
    """What is looked at, which leads to years; on either side the page before and after."""
    back = _turn(page, -1, span, ft.Icons.CHEVRON_LEFT_ROUNDED, look.says("calendar.earlier"))
    on = _turn(page, 1, span, ft.Icons.CHEVRON_RIGHT_ROUNDED, look.says("calendar.later"))
    first = page.begins()
    dozen = f"{first.year}–{first.year + YEARS - 1}"
    name = {"days": month_words(page.month, look), "months": str(first.year), "years": dozen}[page.level]
    above: Level = "months" if page.level == "days" else "years"
    title = plain(name, lambda: page.choose(above, page.month), tone=Tone.INK)
    title.icon = None if page.level == "years" or look.is_large else ft.Icons.UNFOLD_MORE_ROUNDED
    title.disabled, title.expand = page.level == "years", True
    return ft.Row([back, title, on], spacing=0)


def _turn(page: Page, by: int, span: Span, sign: ft.IconData, label: str) -> ft.Control:
    """A step, as long as a day that one may choose lies there."""
    is_within = page.begins(by) <= span.last and page.begins(by + 1) > span.first
    return sign_button(sign, label, heard(page.turn, by) if is_within else None)


def _weekdays(look: Look) -> ft.Control:
    names = [ft.Container(quiet(each), expand=True, alignment=ft.Alignment.CENTER) for each in WEEKDAYS[look.lang]]
    return unread(ft.Row(list(names), spacing=0))


def _days(month: date, span: Span, choose: Choose, look: Look) -> ft.Control:
    """Week by week; where a day belongs to the month before or after there is nothing."""
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    lines = [ft.Row([_day(day, month, span, choose, look) for day in week], spacing=0) for week in weeks]
    return ft.Column(list(lines), spacing=0)


def _day(day: date, month: date, span: Span, choose: Choose, look: Look) -> ft.Control:
    if day.month != month.month:
        return ft.Container(height=TOUCH, expand=True)
    is_chosen, may = day == span.chosen, span.first <= day <= span.last
    tone = Tone.ON_PRIMARY if is_chosen else Tone.INK if may else Tone.EDGE
    figure = words(str(day.day), Role.STRONG if is_chosen or day == span.today else Role.BODY, tone)
    figure.semantics_label = day_words(day.isoformat(), look, span.today)
    cell = ft.Container(figure, height=TOUCH, alignment=ft.Alignment.CENTER, border_radius=RADIUS, ink=may)
    cell.bgcolor = Tone.PRIMARY if is_chosen else None
    cell.border = ft.Border.all(CHOSEN_EDGE, Tone.PRIMARY) if day == span.today else None
    cell.on_click = heard(choose, day) if may else None
    return ft.MergeSemantics(ft.Semantics(button=may, selected=is_chosen, content=cell), expand=True)


def _today(span: Span, choose: Choose, look: Look) -> list[ft.Control]:
    """The likeliest day, under the thumb."""
    return [plain(look.says("calendar.today"), heard(choose, span.today))] if span.today <= span.last else []


def _months(page: Page, look: Look) -> ft.Control:
    months = [page.month.replace(month=number) for number in range(1, YEAR + 1)]
    options = [Option(str(each.month), month_name(each, look)) for each in months]
    return grid(options, str(page.month.month), lambda code: page.choose("days", months[int(code) - 1]))


def _years(page: Page, span: Span) -> ft.Control:
    """The dozen, as far as one may choose from them."""
    first = page.begins().year
    options = [Option(str(each), str(each)) for each in range(first, first + YEARS)]
    within = [each for each in options if span.first.year <= int(each.code) <= span.last.year]
    return grid(within, str(page.month.year), lambda code: page.choose("months", page.month.replace(year=int(code))))
