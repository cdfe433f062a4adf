"""Whose photographs may be kept: everybody's, but not those of a customer who said no or took a yes back.

Phone and server ask the same.
"""

from collections.abc import Iterable

from visit_core.fields import Fields
from visit_core.rules.consents import SAID_NO, allowed

PURPOSE = "photo"


def may_keep_photos(consents: Iterable[Fields]) -> bool:
    """Whether the customer who said all this lets photographs be kept."""
    return allowed(consents, PURPOSE).standing not in SAID_NO
