"""Is what was just done told where it hides nothing that one taps next?"""

import flet as ft
import pytest

from field_app.places import MINE, SYNC
from field_app.theme.measures import BOTTOM_BAR, STACKED_BAR
from tests.screens.house import enter


@pytest.mark.parametrize(("size", "foot"), [("100%", BOTTOM_BAR), ("200%", STACKED_BAR)])
def test_what_was_just_done_is_told_above_the_buttons_of_a_screen(house, size, foot):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    window.tap(size)
    house.run_here(house.apps[0].go(SYNC))

    async def tell():
        house.apps[0].say("已复制")

    window.page.run_task(tell)
    window.settle()
    (toast,) = [each for each in window.all(ft.Container) if each.bottom and each.left]
    assert toast.bottom > foot
