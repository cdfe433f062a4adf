"""What is drawn, as a tree: what is inside what, what can be tapped, and what a screen reader calls it."""

from collections.abc import Iterator
from typing import Any

import flet as ft
from flet.components.component import Component
from flet.controls.base_control import BaseControl

from field_app.screens.parts.words import MAY_BREAK

TAPS = {"on_click": "click", "on_tap": "tap"}


def uppermost(views: Any) -> Any:
    """The view that hides the others; an app that draws its views itself gives a component of them."""
    drawn = views._b if isinstance(views, Component) else views
    return drawn[-1]


def below(control: Any) -> Iterator[BaseControl]:
    """A control and all that is drawn inside it; components give what they drew."""
    if isinstance(control, list | tuple):
        for each in control:
            yield from below(each)
    elif isinstance(control, Component):
        yield from below(control._b)
    elif isinstance(control, BaseControl) and is_seen(control):
        yield control
        for name in control.__dataclass_fields__:
            if not name.startswith("_") and name not in ("page", "parent", "data"):
                value = getattr(control, name, None)
                if isinstance(value, BaseControl | list | tuple):
                    yield from below(value)


def is_seen(control: BaseControl) -> bool:
    """Whether a control is drawn at all: what is wholly transparent is neither seen nor read aloud."""
    return getattr(control, "visible", True) and getattr(control, "opacity", 1) != 0


def tap_event(control: BaseControl) -> str:
    """The event of a tap; empty if the control hears none or is not to be had now."""
    if getattr(control, "disabled", False) or isinstance(control, ft.Dropdown):
        return ""
    return next((event for handler, event in TAPS.items() if getattr(control, handler, None)), "")


def name_of(control: BaseControl) -> str:
    """What a screen reader says: the tooltip, or all words inside, one after another."""
    tooltip = getattr(control, "tooltip", None)
    return tooltip if isinstance(tooltip, str) else " ".join(text for each in below(control) for text in texts_of(each))


def texts_of(control: BaseControl) -> Iterator[str]:
    """What can be read on one control itself; where a line may end is not read."""
    yield from (each.replace(MAY_BREAK, "") for each in _texts_of(control))


def _texts_of(control: BaseControl) -> Iterator[str]:
    match control:
        case ft.Text():
            spans = "".join(span.text or "" for span in control.spans or [])
            yield control.value or spans
        case ft.TextField():
            yield from (str(part) for part in (control.value, control.error, control.helper) if part)
        case ft.ListTile():
            yield from (part for part in (control.title, control.subtitle) if isinstance(part, str))
        case ft.NavigationBarDestination():
            yield control.label or ""
