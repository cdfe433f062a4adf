"""What people of ours think of a form: marks of one to five, and what would make it better."""

from collections.abc import Sequence
from dataclasses import dataclass

from field_app.actions.declared import templates_here
from field_app.local_store import LocalStore
from visit_core.fields import Fields
from visit_core.kinds.customer import Customer

KIND = "survey_response"
LATEST = 3  # suggestions shown


@dataclass(frozen=True, slots=True)
class FormWords:
    """What was said of one form."""

    marks: tuple[int, ...] = ()
    suggestions: tuple[str, ...] = ()  # the latest first

    @property
    def mean(self) -> float:
        """The mark in the middle of all; 0 where there is none."""
        return sum(self.marks) / len(self.marks) if self.marks else 0


def forms_to_judge(store: LocalStore) -> Sequence[str]:
    """What the forms are called that a customer may be written down by."""
    return [choice.zh for choice in templates_here(store, Customer)]


def words_on(store: LocalStore, *names: str) -> FormWords:
    """What was said of a form that goes by any of these names."""
    said = [view.fields for view in reversed(store.find(KIND)) if view.fields.get("template") in names]
    told = tuple(str(one["suggestion"]) for one in said if one.get("suggestion"))
    return FormWords(tuple(filter(None, map(_mark, said))), told[:LATEST])


def _mark(said: Fields) -> int:
    mark = said.get("score")
    return mark if isinstance(mark, int) else 0
