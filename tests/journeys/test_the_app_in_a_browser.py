"""Does a browser with an empty cache show the app, in Chinese, and ask nobody outside this machine?"""

import pytest
from playwright.sync_api import expect

from field_app.web.overlay import FONT_FILE_BY_WEIGHT
from tests.journeys.browser import Tab, chromium, serving
from tests.journeys.cold_load import ColdLoad, cold_load

pytestmark = pytest.mark.xdist_group("browser")  # one browser at a time


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
        opened.append(Tab.opened(browser, gallery, path=path, **how).drawn())
        return opened[-1]

    yield show
    for each in opened:
        each.close()


def test_each_cold_load_has_our_font_before_its_first_frame_and_reaches_nobody_outside(gallery, browser):
    loads = [cold_load(browser, gallery) for _ in range(3)]
    assert [list(load.broken()) for load in loads] == [[], [], []]
    assert len({load.picture for load in loads}) == 1


def test_a_font_that_comes_late_or_from_outside_or_lacks_a_character_is_told():
    late = dict.fromkeys(FONT_FILE_BY_WEIGHT.values(), 900.0)
    told = list(ColdLoad(800.0, late, ("https://fonts.example/a",), ("/assets/fonts/b",), b"").broken())
    assert [words.split()[-1] for words in told] == ["frame", "frame", "reached", "missing"]
    assert len(list(ColdLoad(800.0, {}, (), (), b"").broken())) == len(late)


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


def test_emoji_come_from_this_machine_and_each_has_a_picture_of_its_own(tab):
    shown = tab("customer-zh-100").read_aloud()
    box = shown.page.get_by_role("textbox", name="客户姓名")

    def drawn(words):
        box.click()
        box.fill(words)
        shown.page.keyboard.press("Tab")  # no cursor that blinks
        picture = shown.picture()
        for _ in range(20):  # what is drawn may come after what is read
            before, picture = picture, shown.picture()
            if picture == before:
                break
        return picture

    with shown.page.expect_response("**/notocoloremoji/**") as told:
        drawn("😀👍🏽")
    assert told.value.status == 200
    laughs = drawn("😀")
    assert any(drawn("🐕") != laughs for _ in range(10))  # boxes would be alike however often one looks
    assert (shown.finished, shown.missing) == ([], [])
