"""The rows of a workbook that came back, each with what its base says; rows of its own making; rows that are gone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from field_app.lent_books import BookBase
from visit_core.columns import folded
from visit_core.errors import NotValid
from visit_core.explain import LANGUAGES, sentence
from visit_core.tables import Row, Table, read_table

ID = "id"


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that came back, read but not yet understood."""

    base: BookBase
    table: Table  # without its column of ids
    row_by_id: Mapping[str, Row]
    fresh: Table  # the rows without an id
    id_heading: str
    refused: tuple[tuple[int, NotValid], ...]  # rows that nobody can tell whose they are
    gone: tuple[str, ...]  # records whose rows are not there any more

    @property
    def columns_gone(self) -> tuple[str, ...]:
        """Headings that are not there any more."""
        held = set(self.table.columns.values())
        return tuple(heading for heading, name in self.base.columns.items() if name not in held)

    def base_cells(self, record_id: str) -> Mapping[str, str]:
        """What the workbook said of a record when it was written, by field."""
        return dict(zip(self.base.columns.values(), self.base.rows[record_id].cells, strict=True))


def read_book(content: bytes, base: BookBase, said: Mapping[str, str], sheet: str = "") -> Book:
    """The rows, told apart by the ids in them, wherever rows and columns stand now.

    `said` names the fields of headings that somebody wrote anew. NotValid where the ids are gone.
    """
    named = {sentence("table.lent_id", lang): ID for lang in LANGUAGES}
    headings = {folded(heading): name for heading, name in {**base.columns, **said, **named}.items()}
    whole = read_table(content, headings, sheet)
    place = next((place for place, name in whole.columns.items() if name == ID), None)
    if place is None:
        raise NotValid("book_no_ids", field="file")
    return _told_apart(base, whole, place)


def _told_apart(base: BookBase, whole: Table, place: int) -> Book:
    table = _without_ids(whole, place)
    ids = {row.number: row.cells[place].strip().lower() for row in whole.rows}
    often = Counter(ids.values())
    why = {n: _flaw(id, base, often[id]) for n, id in ids.items() if id}
    clear = {ids[row.number]: row for row in table.rows if ids[row.number] and why[row.number] is None}
    fresh = replace(table, rows=tuple(row for row in table.rows if not ids[row.number]))
    refused = tuple((number, flaw) for number, flaw in why.items() if flaw)
    gone = tuple(id for id in base.rows if id not in often)
    return Book(base, table, clear, fresh, whole.header[place], refused, gone)


def _flaw(record_id: str, base: BookBase, often: int) -> NotValid | None:
    if record_id not in base.rows:
        return NotValid("book_id_unknown")
    return NotValid("book_id_twice") if often > 1 else None


def _without_ids(whole: Table, place: int) -> Table:
    header = tuple("" if number == place else heading for number, heading in enumerate(whole.header))
    columns = {number: name for number, name in whole.columns.items() if number != place}
    return replace(whole, header=header, columns=columns)
