"""A visit's form that is open: it resumes where it was left, and leaving is part of what is saved."""

from pydantic import JsonValue

from field_app.actions.visiting import VisitForm, to_save
from field_app.forms import is_asked
from field_app.screens.doing import Do
from field_app.screens.open_form import OpenForm
from visit_core.fields import Section, Specs, fields_of
from visit_core.kinds.visit import Visit

ABOVE = ("outcome", "purchase_intention", "product_interest", "next_date")
"""What stands above the sections."""

FIXED = ("customer_id", "household_id", "check_in_at", "check_out_at")
"""Told by how the visit was begun."""


class OpenVisit(OpenForm):
    """The form of one visit."""

    def __init__(self, form: VisitForm, do: Do) -> None:
        super().__init__(form.draft, form.given, do, _with_what_stands_above(form.specs))
        self.form = form
        at = self.draft.answers.get(form.draft.at_field)
        is_below = at is not None and at.spec.name not in ABOVE
        self.left_in: Section | None = at.spec.asked.section if at and is_below else None
        if self.left_in:
            self.draft.pointed_at = frozenset({self.left_in})

    def fields(self) -> dict[str, JsonValue]:
        """A new visit ends with its save."""
        return to_save(self.form, super().fields(), self.do.moment().now_ms)


def _with_what_stands_above(specs: Specs) -> Specs:
    """What this screen always asks, though a template leaves it out."""
    return {**specs, **{name: fields_of(Visit)[name] for name in ABOVE if not is_asked(specs[name])}}
