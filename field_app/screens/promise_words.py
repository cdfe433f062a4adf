"""A promise in a few words."""

from field_app.actions.promises import Promise
from field_app.actions.visits import TITLE
from field_app.screens.look import Look
from visit_core.picklists import FOLLOWUP_KIND


def promise_words(told: Promise, look: Look) -> str:
    """What is to be done: as it was written, or by its kind where nobody wrote anything."""
    return to_do_words(told.title, told.kind, look)


def to_do_words(title: str, kind: str, look: Look) -> str:
    """The same of a promise that is read as a record."""
    if title and title != TITLE:
        return title
    return FOLLOWUP_KIND.label(kind, look.lang) if kind else title
