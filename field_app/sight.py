"""Records as this device sees them: one by its id, or those whose fields are as one says."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from field_app import drawing
from field_app.base_rows import BaseRows
from field_app.drawing import View
from field_app.outbox import Outbox
from visit_core.ids import is_id
from visit_core.registers import is_plain


class Sight:
    """The server's rows with this device's own changes drawn on top."""

    def __init__(self, base: BaseRows, outbox: Outbox) -> None:
        self._base, self._outbox = base, outbox

    def view(self, kind: str, record_id: str) -> View | None:
        """The record as this device draws it, or None."""
        if not is_id(record_id):
            return None
        row = self._base.get(kind, record_id)
        return drawing.draw(kind, record_id, row, self._outbox.by_record().get((kind, record_id), []))

    def find(self, kind: str, where: Mapping[str, JsonValue], *, deleted: bool) -> list[View]:
        """The records of a kind whose fields are as `where` says, oldest first; deleted ones only if asked for."""
        views = (view for view in self._views(kind, where) if deleted or not view.is_deleted)
        return sorted((view for view in views if view.matches(where)), key=lambda view: view.id)

    def _views(self, kind: str, where: Mapping[str, JsonValue]) -> Iterator[View]:
        """The records of a kind that may be as `where` says, and all with own changes."""
        mine = self._outbox.of_kind(kind)
        plain = {name: value for name, value in where.items() if is_plain(kind, name)}
        for row in self._base.of_kind(kind, plain):
            if row.id not in mine:
                view = drawing.draw(kind, row.id, row, ())
                if view:
                    yield view
        for record_id, entries in mine.items():
            view = drawing.draw(kind, record_id, self._base.get(kind, record_id), entries)
            if view:
                yield view
