"""Does a browser with an empty cache show the app, in Chinese, and ask nobody outside this machine?"""

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import Tab, chromium, serving


@pytest.fixture(scope="module")
def gallery():
    with serving("tests.screens.gallery") as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def tab(gallery, browser):
    """Opens a page of the gallery; shut when the test is over."""
    opened = []

    def show(path, **how):
        opened.append(Tab.opened(browser, gallery, path=path, **how).wait())
        return opened[-1]

    yield show
    for each in opened:
        each.close()


def test_a_cold_load_reaches_nobody_outside_and_lacks_no_file(tab):
    page = tab("today-zh-100")
    page.picture()
    assert (page.finished, page.missing) == ([], [])


def test_two_cold_loads_draw_the_same_picture(tab):
    assert tab("visit-zh-100").picture() == tab("visit-zh-100").picture()


def test_a_screen_reader_finds_tiles_fields_and_places_by_their_names(tab):
    visit = tab("visit-zh-100").read_aloud().page
    expect(visit.get_by_role("button", name="感兴趣", exact=True).first).to_be_visible()
    expect(visit.get_by_role("button", name="撤销")).to_be_visible()
    today = tab("today-zh-100").read_aloud().page
    expect(today.get_by_role("tab", name="拜访")).to_be_visible()
    expect(today.get_by_role("heading", name="今日")).to_be_visible()


def test_words_typed_in_a_browser_stay_and_are_complained_of_under_their_field(tab):
    page = tab("customer-zh-100").read_aloud().page
    box = page.get_by_role("textbox", name="客户姓名")
    box.click()
    box.fill("欧阳修远之")
    expect(box).to_have_value("欧阳修远之")
    mobile = page.get_by_role("textbox", name="联系电话")
    mobile.click()
    mobile.fill("13800138000")
    expect(page.get_by_text("请输入正确的11位手机号码")).to_have_count(0)
    expect(box).to_have_value("欧阳修远之")
