"""At a desk everything is one view: the rail stands still, and only what is beside it changes.

Were each screen a view of its own, as on a phone, each would bring a rail, and a tap on the one that is moving away
would be heard by nobody. A screen that another was opened over stays as it is, unseen, unread and out of the
keyboard's reach: whoever comes back finds it scrolled to where it was.
"""

from collections.abc import Sequence

import flet as ft

from field_app.theme.colours import Tone


def beside_rail(rail: ft.Control, screens: Sequence[ft.Control]) -> ft.Control:
    """The rail, and the screens over one another, the last on top."""
    *covered, top = screens
    layers = [_layer(each, number, is_covered=True) for number, each in enumerate(covered)]
    middle = ft.Stack([*layers, _layer(top, len(covered), is_covered=False)], expand=True)
    return ft.Row([rail, middle], spacing=0, expand=True)


def _layer(screen: ft.Control, number: int, *, is_covered: bool) -> ft.Control:
    layer = ft.Container(screen, left=0, right=0, top=0, bottom=0, bgcolor=Tone.PAGE, key=f"{number}{screen.key}")
    layer.opacity, layer.disabled = (0, True) if is_covered else (1, False)
    return layer
