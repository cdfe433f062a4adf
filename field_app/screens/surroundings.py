"""What a form is told by the screen it stands on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from field_app.screens.look import Look
from visit_core.fields import Template


@dataclass(frozen=True, slots=True)
class Surroundings:
    """For whom the form is drawn, and what lies outside it: other records, and values given before."""

    look: Look
    name_of: Callable[[str, str], str]
    """What a record of a kind is called, by its id."""
    on_pick: Callable[[str], object]
    """Opens the choice of a record for the field of that name."""
    template: Template = "quick"
    """Which fields a complete record must have."""
    suggested: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Values given before, by field: offered as chips."""
    streets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Streets given before, by the code of the district they lie in."""
