"""Can every screen be looked at by name?"""

from collections import Counter
from types import SimpleNamespace
from typing import Any, cast

from demo.pictures.wanted import every_picture
from demo.stage import Stage
from field_app.screens.register import SCREENS

REACHED_BY_TAPS = {
    "form": "customer-form",
    "own_field": "own-field",
    "form_version": "form-version",
    "not_home": "quick-day",  # the same screen, with another outcome
}


class Anything(dict[str, Any]):
    """A story in which whatever is asked for was found."""

    def __missing__(self, key: str) -> Any:
        return [{"id": "x"}]


def test_every_screen_of_the_register_has_a_picture_and_every_picture_a_name_of_its_own():
    pictures = every_picture()
    stage = cast("Stage", SimpleNamespace(found=Anything()))
    shown = {each.address(stage).partition("/")[0] for each in pictures}
    names = Counter(each.name for each in pictures)
    assert [screen.name for screen in SCREENS if screen.name not in shown | set(REACHED_BY_TAPS)] == []
    assert {name for name, times in names.items() if times > 1} == set()
    assert set(REACHED_BY_TAPS.values()) <= set(names)
