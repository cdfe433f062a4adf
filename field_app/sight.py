"""Records as this device sees them: one by its id, or those whose fields are as one says.

A customer who was merged is seen as the one that is left, and what hangs on either hangs on that one.
"""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from field_app import drawing
from field_app.base_rows import BaseRows
from field_app.drawing import View
from field_app.outbox import Outbox
from field_app.survivors import CUSTOMER, MERGE, Survivors
from visit_core.ids import is_id
from visit_core.registers import is_plain
from visit_core.rules.survivors import LEADS


class Sight:
    """The server's rows with this device's own changes drawn on top."""

    def __init__(self, base: BaseRows, outbox: Outbox, survivors: Survivors) -> None:
        self._base, self._outbox, self._survivors = base, outbox, survivors

    def view(self, kind: str, record_id: str) -> View | None:
        """The record as this device draws it, or None; of a merged customer the one that is left."""
        view = self.itself(kind, self._survivors.of(record_id) if kind == CUSTOMER else record_id)
        return self._survivors.led(view) if view else None

    def itself(self, kind: str, record_id: str) -> View | None:
        """The very record of that id, merged or not."""
        if not is_id(record_id):
            return None
        row = self._base.get(kind, record_id)
        return drawing.draw(kind, record_id, row, self._outbox.by_record().get((kind, record_id), []))

    def find(self, kind: str, where: Mapping[str, JsonValue], *, deleted: bool) -> list[View]:
        """The records of a kind whose fields are as `where` says, oldest first; deleted ones only if asked for."""
        gone = self._survivors.all() if kind != MERGE else {}
        asked = {name: gone.get(str(value), value) if name in LEADS else value for name, value in where.items()}
        found = self._led(kind, asked, gone) if gone else self._views(kind, where)
        views = (view for view in found if deleted or not view.is_deleted)
        return sorted((view for view in views if view.matches(asked)), key=lambda view: view.id)

    def _led(self, kind: str, where: Mapping[str, JsonValue], gone: Mapping[str, str]) -> Iterator[View]:
        """The same where customers were merged: whoever asks for one asks for all who are that one by now."""
        name = next((name for name in LEADS if name in where), None)
        ways = [{**where, name: one} for one in self._survivors.family(str(where[name]))] if name else [where]
        views = {view.id: view for way in ways for view in self._views(kind, way)}
        return (self._survivors.led(view) for view in views.values() if view.id not in gone)

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
