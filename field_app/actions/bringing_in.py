"""A file as a person brings it in on a screen: looked at as often as columns are corrected, then kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from field_app.actions.book_in import BookTaken, take_book
from field_app.actions.heeding import Heed, unheeded
from field_app.actions.importing import Asked, File, Imported, Refusal, columns_in, content_of, import_table
from field_app.actions.names import name_of
from field_app.local_store import LocalStore
from visit_core.errors import NotValid
from visit_core.tables import sheet_names


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that a person chose. The content is kept in memory alone: nothing of it lies open on this device."""

    name: str
    content: bytes


class SheetAsked(NotValid):
    """Several sheets could be meant; `sheets` are their names."""

    def __init__(self, sheets: tuple[str, ...]) -> None:
        super().__init__("table_sheets", sheets="、".join(sheets))
        self.sheets = sheets


class ColumnAsked(NotValid):
    """No column is what a record cannot do without; `columns` has the field of each heading, "" where none is."""

    def __init__(self, needs: str, columns: Mapping[str, str]) -> None:
        super().__init__("table_header", needs=needs)
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Found:
    """What a file makes, or would make, and what the customers are called whom it names a second time."""

    made: Imported | BookTaken
    name_by_id: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows of a table by what becomes of them."""

    fresh: int
    doubles: int
    faulty: int
    refusals: tuple[Refusal, ...]  # of the faulty rows


def bring_in(store: LocalStore, file: File, asked: Asked, heed: Heed = unheeded) -> Found:
    """Take a workbook that came back, or any other table. SheetAsked or ColumnAsked where something must be
    said first."""
    try:
        made = take_book(store, file, asked, heed) or import_table(store, file, asked, heed)
    except NotValid as refused:
        raise _asking(store, file, asked, refused) from refused
    known = {double.id for double in made.doubles if double.id}
    return Found(made, {id: name_of(store, "customer", id) for id in known})


def _asking(store: LocalStore, file: File, asked: Asked, refused: NotValid) -> NotValid:
    """The refusal with what there is to choose from, if a choice would mend it."""
    match refused.why:
        case "table_sheets":
            return SheetAsked(sheet_names(content_of(file, asked.password)))
        case "table_header":
            return ColumnAsked(str(refused.about["needs"]), columns_in(store, file, asked))
    return refused


def look_at(store: LocalStore, file: File, asked: Asked, heed: Heed = unheeded) -> Found:
    """The same, and nothing is kept; doubles are counted, whatever becomes of them."""
    return bring_in(store, file, replace(asked, dry_run=True, skip_doubles=False), heed)


def counted(made: Imported, *, skip_doubles: bool) -> Counted:
    """What becomes of the rows that were looked at, with or without those that name somebody a second time."""
    doubles = {double.row for double in made.doubles}
    left_out = doubles if skip_doubles else set()
    refusals = tuple(each for each in made.refusals if each.row not in left_out)
    faulty = {each.row for each in refusals}
    return Counted(made.rows - len(faulty | left_out), len(doubles), len(faulty), refusals)
