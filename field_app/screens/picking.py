"""The choice of another record for a field of a form: for which field it is open, and what was chosen is called."""

from collections.abc import Mapping

import flet as ft

from field_app.forms import Draft
from visit_core.shapes import Reference


@ft.observable
class Picking:
    """Which field of a draft is being chosen for; none while the sheet is closed."""

    def __init__(self, draft: Draft, name_by_id: Mapping[str, str]) -> None:
        self.draft = draft
        self.field = ""
        self.kind = ""  # of the records one chooses from; it stays while the sheet slides away
        self.name_by_id = dict(name_by_id)

    def begin(self, field: str) -> None:
        """Open the choice for a field that refers to another record."""
        shape = self.draft.answers[field].spec.shape
        if isinstance(shape, Reference):
            self.field, self.kind = field, shape.kind

    def choose(self, record: str, name: str) -> None:
        """Put the record into the field."""
        field, self.field = self.field, ""
        self.name_by_id = {**self.name_by_id, record: name}
        if field:
            self.draft.change(field, record)

    def end(self) -> None:
        """Leave the field as it is."""
        self.field = ""

    def name_of(self, _kind: str, record: str) -> str:
        """What a chosen record is called; its id where nobody here knows it."""
        return self.name_by_id.get(record, record)
