"""At a desk: does the rail stand still, is everything in the keyboard's reach, and is nothing hidden?"""

import flet as ft
import pytest

from field_app.places import CUSTOMERS, REMINDERS, SYNC, Place
from field_app.screens.customer_beside import pane_width
from field_app.screens.look import Look
from field_app.screens.rail import rail_width
from tests.screens.house import enter
from tests.screens.tree import name_of


@pytest.fixture
def at_desk(house):
    """Ana's window at a desk, open at her customers."""
    house.belongs_to_ana()
    window = house.window(route=str(CUSTOMERS), width=1280)
    enter(window)
    return window


def test_at_a_desk_a_tap_on_the_rail_right_after_back_is_heard(house, at_desk):
    at_desk.tap("新客户")
    at_desk.at_once(at_desk.tapped("关闭"), at_desk.tapped("提醒"))
    assert house.apps[0].state.stack == (REMINDERS,)


def test_at_a_desk_the_rail_stays_the_same_while_screens_come_and_go(at_desk):
    rail = at_desk.button("提醒")._i
    at_desk.tap("新客户")
    assert at_desk.button("提醒")._i == rail
    at_desk.tap("关闭")
    at_desk.tap("我的")
    assert at_desk.button("提醒")._i == rail
    assert len(at_desk.page.views._b) == 1


@pytest.mark.parametrize(
    "screen", ["review", "customers", "conflicts", "mine", "sync", "new_visit", "today", "reminders"]
)
def test_at_a_desk_whatever_can_be_tapped_is_reached_by_tab_or_by_the_arrows(house, screen):
    house.belongs_to_ana("supervisor")
    house.works_all_day()
    window = house.window(route=str(SYNC), width=1280)
    enter(window)
    house.run_here(house.apps[0].home(Place(screen)))
    assert [name_of(each) for each in window.all(ft.Container) if each.on_click and not each.ink] == []
    lines = {id(each.content) for each in window.all(ft.Semantics) if each.selected is not None and each.key}
    assert [name_of(each) for each in window.all(ft.GestureDetector) if each.on_tap and id(each) not in lines] == []


def test_at_a_desk_what_passes_hides_neither_the_rail_nor_what_is_beside_the_list(house, at_desk):
    async def tell():
        house.apps[0].say("已复制")

    at_desk.page.run_task(tell)
    at_desk.settle()
    (toast,) = [each for each in at_desk.all(ft.Container) if each.bottom and each.left]
    assert toast.left > rail_width(Look(width=1280))
    assert toast.left + toast.width < 1280 - pane_width(Look(width=1280))


def test_at_a_desk_what_was_searched_for_is_still_there_when_one_comes_back(at_desk):
    at_desk.type("姓名、电话、地址、标签", "张")
    at_desk.tap("新客户")
    assert not at_desk.sees("138****0000")
    at_desk.tap("关闭")
    assert at_desk.labelled("姓名、电话、地址、标签", ft.TextField).value == "张"


def test_a_client_that_sends_keys_is_never_told_to_stop_between_two_screens(at_desk):
    before = at_desk.page.on_keyboard_event
    at_desk.tap("今日")
    at_desk.tap("客户")
    assert before is not None
    assert at_desk.page.on_keyboard_event == before
