"""The address of a browser: it follows what is shown; Back and Forward lead through the app."""

from contextlib import suppress
from functools import partial

import pytest

from field_app.places import CUSTOMERS, MINE, SYNC
from field_app.screens.register import BY_NAME
from tests.screens.house import enter
from visit_core.errors import VisitError


@pytest.fixture
def browser(house):
    """Ana's window in a browser, among her customers."""
    house.belongs_to_ana()
    window = house.window(web=True)
    enter(window)
    house.run_here(house.apps[-1].home(CUSTOMERS))
    return window


def test_the_address_says_what_is_shown(house, browser):
    house.run_here(house.apps[-1].home(MINE))
    house.run_here(house.apps[-1].go(SYNC))
    assert browser.line.visited == [str(CUSTOMERS), str(MINE), str(SYNC)]
    browser.tap("返回")
    assert browser.line.visited[-1] == str(MINE)


def test_back_leads_to_the_screen_before_and_forward_to_it_again(browser):
    browser.tap("张三")
    customer = browser.line.visited[-1]
    assert customer.startswith("/customer/")
    browser.address(str(CUSTOMERS))
    browser.address(customer)
    assert browser.line.visited[-2:] == [str(CUSTOMERS), customer]


def test_a_late_echo_of_an_address_leads_nowhere(house, browser):
    app, stood = house.apps[-1], []

    def note(state, field):
        stood.extend([state.stack] if field == "stack" else [])

    app.state.subscribe(note)
    browser.line.late_turns = 30
    house.run_here(app.home(MINE))
    house.run_here(app.go(SYNC))
    for _ in range(6):
        browser.settle()
    assert stood == [(MINE,), (MINE, SYNC)]
    assert browser.line.visited[-1] == str(SYNC)


def test_who_goes_back_all_the_way_may_leave(browser):
    browser.address("/")
    assert browser.sees("今日")
    assert browser.line.visited == [str(CUSTOMERS), "/"]


def test_back_first_closes_what_lies_over_a_screen(house, browser):
    house.run_here(house.apps[-1].home(MINE))
    browser.tap("退出登记")
    assert browser.page._dialogs.controls[-1].open
    browser.address(str(CUSTOMERS))
    assert not any(dialog.open for dialog in browser.page._dialogs.controls)
    assert browser.line.visited[-1] == str(MINE)


@pytest.mark.parametrize("gone", ["/customer/nobody", "/no-such-screen", "/form/saved-long-ago"])
def test_an_address_that_leads_nowhere_leaves_all_as_it_is_and_is_put_right(browser, gone):
    browser.address(gone)
    assert browser.sees("张三")
    assert browser.line.visited[-1] == str(CUSTOMERS)


def test_no_address_leads_past_the_lock(house, browser):
    house.run_here(house.apps[-1].entrance.lock())
    browser.address(str(CUSTOMERS))
    assert browser.sees("解锁")
    assert not browser.sees("张三")
    enter(browser)
    assert browser.sees("今日")
    assert browser.line.visited[-1] == "/"


def test_a_phone_has_no_address(house):
    house.belongs_to_ana()
    window = house.window()
    enter(window)
    house.run_here(house.apps[-1].home(CUSTOMERS))
    assert window.line.visited == []


def test_no_screen_stumbles_over_an_address_about_nothing_there_is(house, browser):
    for screen in BY_NAME.values():
        for about in ("", "没有/这个", "0" * 32):
            with suppress(VisitError):
                house.run_here(house.device.run(partial(_load, screen, about)))


def _load(screen, about, store):
    return screen.load(store, about)
