"""A window on a part or a form, shut when the test is over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flet as ft
import pytest

from field_app.screens.look import Look
from field_app.theme.material import dress
from tests.screens.driver import Window
from tests.screens.house import House


@pytest.fixture
def window() -> Iterator[Callable[..., Window]]:
    """Opens a window that shows what a function draws."""
    opened: list[Window] = []

    def show(draw: Callable[..., Any], *given: object) -> Window:
        def main(page: ft.Page) -> None:
            dress(page, 1.0)
            page.render(draw, *given)

        width = next((each.width for each in given if isinstance(each, Look)), Look().width)
        opened.append(Window.on(main, width=width))
        return opened[-1]

    yield show
    for each in opened:
        each.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A home, whose windows are shut when the test is over."""
    made = House(tmp_path)
    yield made
    for each in made.windows:
        each.runner.run(made.device.lock())
        each.close()
