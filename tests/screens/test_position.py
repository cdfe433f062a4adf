"""Is the position of a visit taken whenever it comes, and never waited for?"""

import asyncio

import flet as ft
import pytest

from field_app.actions import drafting, records, visiting
from field_app.actions.placing import place
from field_app.app import App
from field_app.drafts import KeptDraft
from field_app.geolocator import PageLocator
from field_app.position import Placing, Seen, fix_of
from field_app.screens.look import Look
from field_app.screens.visit import visit_screen
from tests.app.device import PIN
from tests.app.fakes import NOON_MS, FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing, FakeLocator
from tests.screens.driver import Window
from tests.screens.house import House, enter
from tests.screens.promised import a_customer

HERE = Seen(39.904211, 116.407395, 12.3, NOON_MS + 4_000)


@pytest.fixture
def phone(tmp_path):
    locator = FakeLocator()
    made = Doing(a_phone(tmp_path / "phone", FakeServer(FakeClock())).store)
    made.placing = Placing(locator, lambda visit, fix: asyncio.sleep(0))
    return made, locator


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    made.belongs_to_ana()
    yield made
    for each in made.windows:
        each.runner.run(made.device.lock())
        each.close()


def a_window(house, locator):
    def show(page):
        house.apps.append(App(house.device, page, locator))
        house.apps[-1].show()

    house.windows.append(Window.on(show))
    enter(house.windows[-1])
    return house.windows[-1]


def a_visit_begins(house):
    customer = house.run_here(house.device.run(lambda store: store.find("customer")[0].id))
    house.run_here(house.apps[0].begin("visit", {"customer_id": customer}))


def the_visit(house):
    return house.run_here(house.device.run(lambda store: store.find("visit")[0].fields))


def test_the_head_of_a_visit_says_when_the_position_has_come_and_how_good_it_is(window, phone):
    do, locator = phone
    draft = drafting.begin(do.store, "visit", {"customer_id": a_customer(do, "张三")})
    screen = window(visit_screen, visiting.load(do.store, draft.id), do, Look())
    assert screen.sees("未定位")
    locator.says(HERE)
    screen.settle()
    assert screen.sees("已定位 12 m")
    assert locator.asked == 1


def test_a_visit_is_saved_with_the_position_that_came_while_it_was_filled_in(house):
    locator = FakeLocator()
    window = a_window(house, locator)
    a_visit_begins(house)
    locator.says(HERE)
    window.tap("感兴趣")
    window.tap("保存并离开")
    fix = the_visit(house)["check_in_fix"]
    assert (fix["lat"], fix["lng"], fix["acc"], fix["sys"]) == (39.904211, 116.407395, 12.3, "wgs84")


def test_a_visit_whose_position_never_comes_is_saved_all_the_same(house):
    window = a_window(house, FakeLocator())
    a_visit_begins(house)
    window.tap("感兴趣")
    window.tap("保存并离开")
    said = the_visit(house)
    assert said["outcome"] == "interested"
    assert "check_in_fix" not in said


def test_what_is_known_of_the_position_outlives_a_kill(house):
    locator = FakeLocator()
    locator.says(HERE)
    window = a_window(house, locator)
    a_visit_begins(house)
    window.tap("感兴趣")
    house.run_here(house.apps[0].entrance.lock())
    house.run_here(house.device.unlock(PIN))
    (draft,) = house.run_here(house.device.run(lambda store: store.drafts.all()))
    assert draft.given["check_in_fix"]["lat"] == 39.904211


def test_a_position_that_comes_after_the_save_waits_until_the_save_can_no_longer_be_undone():
    async def tell():
        told: list[tuple] = []

        async def keep(visit, fix):
            told.append(("kept", visit, fix["lat"]))

        async def wait(seconds):
            told.append(("waited", seconds))

        locator = FakeLocator()
        placing = Placing(locator, keep, wait)
        draft = KeptDraft(id="a" * 32, kind="visit", begun_ms=NOON_MS)
        placing.saved(draft, "b" * 32)
        locator.says(HERE)
        while len(told) < 2:
            await asyncio.sleep(0)
        return told

    waited, kept = asyncio.run(tell())
    assert waited[0] == "waited"
    assert waited[1] > 8
    assert kept == ("kept", "b" * 32, 39.904211)


def test_a_late_position_is_added_once_and_to_nothing_that_was_taken_back(phone):
    do, _ = phone
    visit = records.add(do.store, "visit", {"customer_id": a_customer(do, "张三"), "outcome": "not_home"})
    fix = fix_of(HERE, NOON_MS)
    assert place(do.store, visit, fix)
    assert records.get(do.store, "visit", visit)["check_in_fix"] == fix
    assert not place(do.store, visit, fix)
    assert not place(do.store, "c" * 32, fix)


def test_the_age_of_a_position_is_counted_from_the_arrival():
    assert fix_of(HERE, NOON_MS)["age"] == 4


def located(platform, **answers):
    """What the phone's own service makes of a window on that platform, and what it was asked."""
    window = Window.on(lambda page: None, **answers)
    window.page.platform = platform
    seen = window.runner.run(PageLocator(window.page, FakeClock()).locate())
    asked = window.line.asked
    window.close()
    return seen, asked


POSITION = {"latitude": 39.9, "longitude": 116.4, "accuracy": 8.0, "mocked": False}


def test_a_phone_that_may_tells_where_it_is():
    seen, _ = located(ft.PagePlatform.ANDROID, get_permission_status="whileInUse", get_current_position=POSITION)
    assert (seen.lat, seen.lng, seen.acc, seen.at_ms) == (39.9, 116.4, 8.0, NOON_MS)


def test_a_person_who_has_said_no_is_not_asked_again():
    seen, asked = located(ft.PagePlatform.ANDROID, get_permission_status="deniedForever")
    assert seen is None
    assert asked == ["get_permission_status"]


@pytest.mark.parametrize("answers", [{}, {"get_permission_status": "always"}])
def test_a_service_that_answers_nonsense_leaves_the_visit_without_a_position(answers):
    assert located(ft.PagePlatform.ANDROID, **answers)[0] is None


def test_a_desktop_is_not_asked_at_all():
    assert located(ft.PagePlatform.LINUX) == (None, [])
