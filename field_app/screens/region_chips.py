"""Where customers live, as chips: 国内 or 境外, and under it provinces, cities and districts."""

from collections.abc import Callable, Iterable, Sequence

import flet as ft

from field_app.actions.living import Offered, offered, turned
from field_app.screens.division_words import division_name
from field_app.screens.look import Look
from field_app.screens.parts.choice import Option, chips
from field_app.theme.measures import S
from visit_core.picklists import REGION
from visit_core.rules.regions import Line

Choose = Callable[[tuple[str, ...]], object]


def region_chips(lines: Iterable[Line], chosen: Sequence[str], choose: Choose, look: Look) -> ft.Control:
    """A row of chips for each level; `choose` gets all places that are chosen after a tap."""

    def turn(code: str) -> object:
        return choose(turned(chosen, code))

    return ft.Column([_level(each, turn, look) for each in offered(lines, chosen)], spacing=S)


def _level(places: Sequence[Offered], turn: Callable[[str], object], look: Look) -> ft.Control:
    options = [Option(each.code, f"{_name(each.code, look)} {each.customers}") for each in places]
    return chips(options, [each.code for each in places if each.is_chosen], turn)


def _name(code: str, look: Look) -> str:
    return REGION.label(code, look.lang) if REGION.code_of(code) else division_name(code, look)
