"""Is what the system is asked to open what it understands, and is a person told where it cannot?"""

import flet as ft
import pytest

from field_app.outside import PageOutside
from tests.screens.driver import Window


@pytest.fixture
def asked():
    """Asks the system from a window on some platform; gives what came of it and what it was asked."""
    windows = []

    def ask(platform, doing):
        windows.append(Window.on(lambda page: None))
        window = windows[-1]
        window.page.platform = platform
        return window.runner.run(doing(PageOutside(window.page))), window.line.urls

    yield ask
    for each in windows:
        each.close()


def test_a_number_is_called_by_the_phone(asked):
    done, urls = asked(ft.PagePlatform.ANDROID, lambda outside: outside.call("+8613800000000"))
    assert done
    assert urls == ["tel:+8613800000000"]


@pytest.mark.parametrize(
    ("platform", "start"), [(ft.PagePlatform.ANDROID, "geo:0,0?q="), (ft.PagePlatform.IOS, "maps://?q=")]
)
def test_the_way_is_shown_by_the_map_a_phone_has(asked, platform, start):
    done, urls = asked(platform, lambda outside: outside.lead_to("幸福路 12 号"))
    assert done
    assert urls == [start + "%E5%B9%B8%E7%A6%8F%E8%B7%AF%2012%20%E5%8F%B7"]


def test_a_desktop_is_asked_for_no_way(asked):
    assert asked(ft.PagePlatform.LINUX, lambda outside: outside.lead_to("幸福路 12 号")) == (False, [])


@pytest.mark.parametrize(("where", "kept"), [("/Download/客户.xlsx", True), (None, False)])
def test_a_file_is_kept_where_the_person_says_or_nowhere(where, kept):
    window = Window.on(lambda page: None, save_file=where)
    assert window.runner.run(PageOutside(window.page).save_file("客户.xlsx", b"PK")) is kept
    assert "save_file" in window.line.asked
    window.close()
