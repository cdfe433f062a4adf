"""Is what the system is asked to open what it understands, and is a person told where it cannot?"""

import flet as ft
import pytest
from PIL import Image

from field_app.actions.bringing_in import Picked
from field_app.actions.importing import MAX_FILE_BYTES
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


@pytest.mark.parametrize(("where", "kept"), [("/Download/客户.xlsx", True), (None, False)])
def test_a_file_is_kept_where_the_person_says_or_nowhere(where, kept):
    window = Window.on(lambda page: None, save_file=where)
    assert window.runner.run(PageOutside(window.page).save_file("客户.xlsx", b"PK")) is kept
    assert "save_file" in window.line.asked
    window.close()


def picked(answer):
    window = Window.on(lambda page: None, pick_files=answer)
    chosen = window.runner.run(PageOutside(window.page).pick_file())
    window.close()
    return chosen


def a_file(**more):
    return {"id": 1, "name": "客户.csv", "size": 6, "path": None, "bytes": None, **more}


def test_a_file_is_read_where_a_phone_has_it_and_taken_as_a_browser_hands_it_over(tmp_path):
    (tmp_path / "客户.csv").write_bytes(b"name\r\n")
    assert picked([a_file(path=str(tmp_path / "客户.csv"))]) == Picked("客户.csv", b"name\r\n")
    assert picked([a_file(bytes=b"name\r\n")]) == Picked("客户.csv", b"name\r\n")


def test_of_a_file_that_is_too_large_no_more_is_read_than_tells_so(tmp_path):
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(MAX_FILE_BYTES * 3)
    assert len(picked([a_file(path=str(tmp_path / "large.csv"))]).content) == MAX_FILE_BYTES + 1


def test_no_file_is_chosen_where_nobody_chooses_and_an_unreadable_one_is_empty(tmp_path):
    assert picked([]) is None
    assert picked([a_file(path=str(tmp_path / "gone.csv"))]) == Picked("客户.csv", b"")


def photographed(answer):
    window, chosen = Window.on(lambda page: None, pick_files=answer), []
    made = window.runner.run(PageOutside(window.page).pick_photos(lambda: chosen.append(1)))
    window.close()
    return made, len(chosen)


def test_pictures_are_made_small_and_one_that_is_none_says_why(tmp_path):
    Image.new("RGB", (3200, 2400), "red").save(tmp_path / "door.jpg")
    (first, second, third), chosen = photographed(
        [
            a_file(path=str(tmp_path / "door.jpg")),
            a_file(bytes=(tmp_path / "door.jpg").read_bytes()),
            a_file(bytes=b"word"),
        ]
    )
    assert (first.width, first.height) == (1600, 1200)
    assert second == first
    assert third.why == "no_photo"
    assert chosen == 1


def test_where_no_picture_is_chosen_nothing_begins():
    assert photographed([]) == ([], 0)


def test_a_desktop_is_asked_for_no_way(asked):
    assert asked(ft.PagePlatform.LINUX, lambda outside: outside.lead_to("幸福路 12 号")) == (False, [])
