"""A promise in a few words."""

from field_app.actions.promises import Promise
from field_app.actions.visits import TITLE
from field_app.screens.look import Look
from visit_core.picklists import FOLLOWUP_KIND


def promise_words(told: Promise, look: Look) -> str:
    """What is to be done: as it was written, or by its kind where nobody wrote anything."""
    if told.title and told.title != TITLE:
        return told.title
    return FOLLOWUP_KIND.label(told.kind, look.lang) if told.kind else told.title
