"""Which cells of a workbook that came back say something new, and the edits that this makes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from field_app.actions.book_cells import Reader, Said
from field_app.actions.book_rows import Book
from field_app.actions.declared import specs_here
from field_app.actions.heeding import Heed, told_each
from field_app.actions.importing import Refusal
from field_app.actions.records import edits_alone
from field_app.drawing import View
from field_app.lent_books import LentBook, Taken
from field_app.local_store import Edit, LocalStore
from visit_core.cells import placed
from visit_core.errors import NotAllowed, NotValid
from visit_core.fields import Specs, parted
from visit_core.kinds import kind_named
from visit_core.merge import DELETED
from visit_core.tables import Row, refuse_mark


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that says something new; texts as the workbook shows them."""

    row: int
    column: str
    id: str
    field: str
    was: str
    says: str
    is_overtaken: bool  # it has changed here, too, meanwhile: the merge decides, and tells both


@dataclass(frozen=True, slots=True)
class Changes:
    """What the workbook changes of the records it showed."""

    edits: list[list[Edit]]  # record by record, without what they make of stages
    told: tuple[CellChange, ...]
    refusals: list[Refusal]


def changes_in(store: LocalStore, book: Book, lent: LentBook, heed: Heed) -> Changes:
    """Compare every cell with its base and with what was taken from it last: several copies may come back."""
    comparing = _Comparing(store, book, lent)
    for done, (record, row) in enumerate(book.row_by_id.items(), start=1):
        told_each(heed, done, len(book.row_by_id))
        comparing.row(record, row)
    return Changes(comparing.edits, tuple(comparing.told), comparing.refusals)


class _Comparing:
    """One workbook beside what this device has."""

    def __init__(self, store: LocalStore, book: Book, lent: LentBook) -> None:
        self.edits: list[list[Edit]] = []
        self.told: list[CellChange] = []
        self.refusals: list[Refusal] = []
        self._store, self._book, self._lent = store, book, lent
        self._kind = book.base.kind
        self._specs: Specs = specs_here(store, kind_named(self._kind))
        self._reader = Reader(store.moment(), book.table.day_zero)
        self._views = {view.id: view for view in store.find(self._kind, deleted=True)}
        self._own = _own(store, self._kind, book.base.stamp)

    def row(self, record: str, row: Row) -> None:
        """What becomes of the row of one record."""
        said = dict(self._said_anew(record, row))
        if not said:
            return
        view = self._views.get(record) or self._store.view(self._kind, record)
        if view is None or (view.is_deleted and self._is_own(record, DELETED)):
            self._refuse(row, None, NotValid("book_gone"))
            return
        given, changes = self._given(view, row, said)
        if given:
            self._edit(view, row, given, changes)

    def _said_anew(self, record: str, row: Row) -> Iterator[tuple[str, Said]]:
        base, taken = self._book.base_cells(record), self._lent.cells.get(record, {})
        columns = self._book.table.columns
        meant = placed(row.cells, columns, self._specs)
        for place, name in columns.items():
            before = {base[name].strip(), taken[name].text.strip()} if name in taken else {base[name].strip()}
            if name not in self._specs or row.cells[place].strip() in before:
                continue
            try:
                refuse_mark(row.marks.get(place), is_first=True)
                said = self._reader.said_anew(meant[place], base[name], self._specs[name])
            except NotValid as flaw:
                self._refuse(row, name, flaw)
                continue
            if said:
                yield name, said

    def _given(self, view: View, row: Row, said: Mapping[str, Said]) -> tuple[dict[str, JsonValue], list[CellChange]]:
        """The fields to set, without those that are so already and those that this device itself set meanwhile."""
        given: dict[str, JsonValue] = {}
        changes: list[CellChange] = []
        for name, each in said.items():
            now = view.fields.get(name)
            value = each.upon(now)
            if value == now or (not value and not now and not isinstance(now, bool | int)):
                continue
            if not each.spec.has_members and self._is_own(view.id, name):
                self._refuse(row, name, NotValid("book_changed_here", field=name))
                continue
            given[name] = value
            changes.append(self._told(view, row, name, each))
        return given, changes

    def _told(self, view: View, row: Row, name: str, said: Said) -> CellChange:
        place = next(place for place, field in self._book.table.columns.items() if field == name)
        return CellChange(
            row=row.number,
            column=self._book.table.header[place],
            id=view.id,
            field=name,
            was=said.base,
            says=row.cells[place],
            is_overtaken=said.is_overtaken(view.fields.get(name)),
        )

    def _edit(self, view: View, row: Row, given: Mapping[str, JsonValue], changes: list[CellChange]) -> None:
        try:
            edits = edits_alone(self._store, self._kind, view.id, given)
        except NotValid as flaw:
            self._refuse(row, flaw.field, flaw)
        except NotAllowed:
            self._refuse(row, None, NotValid("book_not_allowed"))
        else:
            seen = self._book.base.rows[view.id].seen  # numbers mean the same in every life of the central store
            self.edits.append([replace(edit, seen=seen) if edit.id == view.id else edit for edit in edits])
            self.told += changes

    def _is_own(self, record: str, name: str) -> bool:
        """Whether this device has set it since the workbook was written, or since the cell was taken last."""
        taken: Taken | None = self._lent.cells.get(record, {}).get(name)
        return self._own.get((record, name), "") > (taken.stamp if taken else self._book.base.stamp)

    def _refuse(self, row: Row, name: str | None, why: NotValid) -> None:
        held = {field: self._book.table.header[place] for place, field in self._book.table.columns.items()}
        column = held.get(name, name) if name else self._book.id_heading
        self.refusals.append(Refusal(row.number, column, why))


def _own(store: LocalStore, kind: str, after: str) -> dict[tuple[str, str], str]:
    """When this device last set each field of each record after a stamp."""
    latest: dict[tuple[str, str], str] = {}
    for entry in store.own_edits(kind, after):
        names = {parted(register)[0] for register in entry.fields} | ({DELETED} if entry.op == "delete" else set())
        for name in names:
            latest[entry.id, name] = max(entry.at, latest.get((entry.id, name), ""))
    return latest
