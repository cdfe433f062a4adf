"""What a window shows that cannot be laid out, or is too small for a finger, as far as the tree of controls tells.

Where a size is not known, it counts as large enough: what is told here is wrong for certain.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import flet as ft
from flet.components.component import Component
from flet.controls.base_control import BaseControl

from field_app.theme.measures import TOUCH
from field_app.theme.type import FACES, SIGN, Role
from tests.screens.tree import name_of

LINES = {role.value: face.line for role, face in FACES.items()}


def misfits(controls: Iterable[BaseControl], *, at_desk: bool) -> Iterator[str]:
    """A sentence for each; at a desk there is a mouse."""
    for each in controls:
        if isinstance(each, ft.Row | ft.Column) and each.wrap:
            yield from (f"grows in a line that wraps: {name_of(child)}" for child in each.controls if _grows(child))
        if not at_desk and _is_tapped(each) and least_height(each) < TOUCH:
            yield f"{least_height(each):.0f} high: {name_of(each)}"


def least_height(control: Any) -> float:
    """How high a control is at least, in pixels, at plain size."""
    match control:
        case Component():
            return least_height(control._b)
        case list():
            return sum(map(least_height, control))
        case ft.Container():
            return float(control.height or 0) or _within(control.padding) + least_height(control.content)
        case ft.Column():
            gaps = max(0, len(control.controls) - 1) * (10 if control.spacing is None else control.spacing)
            return sum(map(least_height, control.controls)) + gaps
        case ft.Row():
            return max(map(least_height, control.controls), default=0)
        case ft.Semantics() | ft.MergeSemantics() | ft.GestureDetector():
            return least_height(control.content)
    return _own_height(control)


def _own_height(control: Any) -> float:
    match control:
        case None:
            return 0
        case ft.Text():
            return LINES.get(str(getattr(control.theme_style, "value", "")), LINES[Role.SECOND.value])
        case ft.Icon():
            return float(control.size or SIGN)
    return TOUCH


def _within(padding: Any) -> float:
    """What a padding adds to a height."""
    return padding.top + padding.bottom if isinstance(padding, ft.Padding) else 2 * float(padding or 0)


def _grows(child: Any) -> bool:
    drawn = child._b if isinstance(child, Component) else child
    return bool(getattr(drawn, "expand", None))


def _is_tapped(control: BaseControl) -> bool:
    """Buttons are as high as their style makes them, which another test looks at."""
    match control:
        case ft.Container():
            return control.on_click is not None
        case ft.GestureDetector():
            return control.on_tap is not None
    return False
