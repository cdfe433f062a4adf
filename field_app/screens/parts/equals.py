"""Actions that are equals: side by side with their signs, without these where words need the room, or stacked."""

from collections.abc import Sequence
from dataclasses import dataclass

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.button import abreast, soft
from field_app.screens.parts.words import Do
from field_app.theme.measures import XS


@dataclass(frozen=True, slots=True)
class Way:
    """One of several things to do."""

    label: str
    sign: ft.IconData
    do: Do


def equals(ways: Sequence[Way], look: Look) -> ft.Control:
    """Buttons of one rank."""
    labels = [way.label for way in ways]
    with_sign, bare = (look.columns(labels, beside=beside + 2 * XS) for beside in (look.button_sign, 0))
    stacked = max(with_sign, bare) < len(ways)
    has_sign = stacked or with_sign >= len(ways)
    return abreast([soft(way.label, way.do, sign=way.sign if has_sign else None) for way in ways], stacked=stacked)
