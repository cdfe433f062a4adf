"""What one window shows. Everything drawn is a function of this; what a person types lives in the forms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import flet as ft

from field_app.actions.conflict_cards import ConflictCard
from field_app.actions.drafting import Saved
from field_app.actions.own_tables import OwnTableNamed
from field_app.actions.this_device import Mended
from field_app.actions.validity import Validity
from field_app.places import TODAY, Place
from field_app.preferences import Preferences
from field_app.sync_loop import Meeting
from visit_core.errors import Corrupt

Stage = Literal["notice", "enrol", "unlock", "away", "open"]


@dataclass(frozen=True, slots=True)
class Toast:
    """A sentence that passes; with `saved` it offers to take a save back."""

    said: str
    saved: Saved | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """A value of this person's that a sync has just overruled, and how many more there are."""

    card: ConflictCard
    more: int = 0


@ft.observable
@dataclass(eq=False)
class AppState:
    """One window: how far in the person is, where, and what stands there."""

    stage: Stage = "unlock"
    preferences: Preferences = field(default_factory=Preferences)
    width: float = 390
    role: str = ""
    stack: tuple[Place, ...] = (TODAY,)
    models: Mapping[Place, Any] = field(default_factory=dict)
    own_tables: tuple[OwnTableNamed, ...] = ()  # that the organisation added
    meeting: Meeting = field(default_factory=Meeting)  # how the device stands with its server, as it is drawn now
    toast: Toast | None = None
    lost: Lost | None = None
    away: Validity | None = None  # the device has not met its server for too long
    damage: Corrupt | None = None  # met while the store was open: something that was asked for cannot be read
    mended: Mended | None = None  # what a salvage has just brought back, until the person has read it
    trouble: str = ""  # why the last thing was refused
    is_busy: bool = False

    @property
    def place(self) -> Place:
        """The screen on top."""
        return self.stack[-1]
