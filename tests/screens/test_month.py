"""Is a day chosen with few taps, each large enough, and only where one may choose?"""

from datetime import date

import flet as ft
import pytest

from field_app.screens.controls.month import Span, month_sheet
from field_app.screens.look import Look
from field_app.theme.measures import TOUCH

TODAY = date(2026, 11, 22)
SMALLEST = 360


@pytest.fixture
def opened(window):
    """Open the sheet in a window; gives it, and what was chosen so far."""

    def at(chosen=TODAY, last=TODAY, lang="zh"):
        told: list[date] = []
        span = Span(date(1900, 1, 1), last, chosen, TODAY)
        return window(lambda: ft.Column([month_sheet(span, told.append, lambda: None, Look(lang))])), told

    return at


def days_in(shown):
    """The figures of the days, as far as they can be tapped."""
    return [name for name in shown.names() if name.isdigit() and len(name) < 3]


def test_seven_days_side_by_side_have_the_width_of_a_finger_on_the_smallest_phone(opened):
    shown, _ = opened()
    paddings = [each.padding for each in shown.all(ft.Container) if isinstance(each.padding, ft.Padding)]
    assert (SMALLEST - max(each.left + each.right for each in paddings)) / 7 >= TOUCH


def test_a_month_says_its_days_and_a_tap_chooses_one(opened):
    shown, told = opened(last=date(2026, 12, 31))
    assert days_in(shown) == [str(day) for day in range(1, 31)]
    shown.tap("30")
    assert told == [date(2026, 11, 30)]


def test_what_is_past_ends_today(opened):
    shown, _ = opened()
    assert days_in(shown)[-1] == "22"
    assert "往后" not in shown.names()


def test_a_day_of_another_month_is_a_step_away(opened):
    shown, told = opened()
    shown.tap("往前")
    assert shown.sees("2026年10月")
    shown.tap("31")
    assert told == [date(2026, 10, 31)]


def test_a_birthday_long_ago_is_ten_taps_away(opened):
    shown, told = opened()
    shown.tap("2026年11月")
    shown.tap("2026")
    assert shown.sees("2016–2027")
    for _ in range(6):
        shown.tap("往前")
    for tapped in ("1950", "6月", "15"):
        shown.tap(tapped)
    assert told == [date(1950, 6, 15)]


def test_nobody_steps_before_the_first_day(opened):
    shown, _ = opened(chosen=date(1900, 1, 5))
    assert "往前" not in shown.names()
    shown.tap("1900年1月")
    assert "往前" not in shown.names()


def test_today_is_one_tap_away_from_any_month(opened):
    shown, told = opened(chosen=date(1950, 6, 15))
    shown.tap("今天")
    assert told == [TODAY]


def test_months_and_days_of_the_week_are_said_in_the_persons_language(opened):
    shown, _ = opened(lang="en")
    assert shown.sees("Nov 2026")
    assert shown.sees("Su")
    assert not shown.sees("日")
