"""Excel workbooks as plain cells: what openpyxl reads, and nothing of what the cells mean.

A merged cell stands in all the places it covers. What stood nowhere as text of its own is marked: copied
down or across by a merge, or worked out by a formula whose result the file does not hold.
"""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from visit_core.errors import NotValid, TooLarge

MOST_BYTES = 300_000_000  # unpacked: a small file may hold much
MOST_COLUMNS = 500
MOST_MERGED = 200_000  # cells: openpyxl makes one of every place a merge covers
EXCELS_DAY_ZERO = date(1899, 12, 30)
BASE_SHEET = "_visits_base"
_LONGEST_TEXT = 30_000  # characters: Excel keeps 32,767 of a cell
_AS_TEXT = "@"
_WIDTH = 16
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_A_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_A_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")

Mark = Literal["down", "across", "formula", "error"]
Place = tuple[int, int]  # row and column, counted from 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet: the text of every cell that holds anything, by its place."""

    name: str
    cells: Mapping[Place, str]
    marks: Mapping[Place, Mark] = field(default_factory=dict)
    day_zero: date = EXCELS_DAY_ZERO

    def rows(self) -> Iterator[tuple[int, tuple[str, ...], dict[int, Mark]]]:
        """Number, cells and marks (by column, from 0) of each row that holds anything."""
        columns_by_row: dict[int, dict[int, str]] = {}
        for (row, column), text in self.cells.items():
            columns_by_row.setdefault(row, {})[column] = text
        for row in sorted(columns_by_row):
            held = columns_by_row[row]
            marks = {column - 1: self.marks[row, column] for column in held if (row, column) in self.marks}
            yield row, tuple(held.get(column, "") for column in range(1, max(held) + 1)), marks


def is_workbook(content: bytes) -> bool:
    """Whether it is one of Excel's own files and no CSV."""
    return content.startswith((_ZIP, _OLE))


def is_locked(content: bytes) -> bool:
    """Whether it is a workbook under a password, or one of the old form: both come in the same wrapping."""
    return content.startswith(_OLE)


def read_sheets(content: bytes) -> list[Sheet]:
    """The visible sheets in order; NotValid for what is locked, of the old form or broken."""
    if is_locked(content):
        raise NotValid("workbook_locked")
    _check_size(content)
    pages = _pages(content)
    _check_merges(pages)
    book = _loaded(content, has_results=True)
    has_formulas = any(_A_FORMULA.search(page) for page in pages)
    asked = _loaded(content, has_results=False) if has_formulas else None
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet.title != BASE_SHEET]
    return [_sheet(book, sheet, asked[sheet.title] if asked else None) for sheet in sheets]


def write_book(rows_by_sheet: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook in which every cell is text, so that no number loses a digit."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, rows in rows_by_sheet.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_lent_book(rows: Iterable[Sequence[str]], remembered: str) -> bytes:
    """A workbook whose cells stay text when people type in them, and which remembers a text that nobody sees."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet, base = book.create_sheet("Sheet1"), book.create_sheet(BASE_SHEET)
    base.sheet_state = "veryHidden"
    for start in range(0, len(remembered), _LONGEST_TEXT):
        base.append([remembered[start : start + _LONGEST_TEXT]])
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        if number == 0:
            for column in range(1, len(row) + 1):
                kept = sheet.column_dimensions[get_column_letter(column)]
                kept.number_format, kept.width = _AS_TEXT, _WIDTH
        cells = [WriteOnlyCell(sheet, text) for text in row]
        for cell in cells:
            cell.number_format = _AS_TEXT
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def remembered_in(content: bytes) -> str | None:
    """What `write_lent_book` hid in a workbook; None where there is nothing of the kind."""
    if not content.startswith(_ZIP):
        return None
    _check_size(content)
    if BASE_SHEET.encode() not in _directory(content):
        return None
    book = _loaded(content, has_results=True, only_reads=True)
    if BASE_SHEET not in book.sheetnames:
        return None
    sheet = book[BASE_SHEET]
    sheet.reset_dimensions()
    return "".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row[:1] if value is not None)


def _directory(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.read("xl/workbook.xml")
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise NotValid("workbook_broken") from None


def _check_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile:
        raise NotValid("workbook_broken") from None
    if size > MOST_BYTES:
        raise TooLarge("too_large", field="file", limit=MOST_BYTES)


def _pages(content: bytes) -> list[bytes]:
    """The sheets as they stand in the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error):
        raise NotValid("workbook_broken") from None


def _check_merges(pages: Iterable[bytes]) -> None:
    for page in pages:
        for left, top, right, bottom in _A_MERGE.findall(page):
            if (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1) > MOST_MERGED:
                raise NotValid("workbook_merged", row=int(top), column=left.decode())


def _column(letters: bytes) -> int:
    """What Excel calls A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _loaded(content: bytes, *, has_results: bool, only_reads: bool = False) -> Any:
    import openpyxl  # here: a phone that reads no workbook need not wait for it

    try:
        with warnings.catch_warnings():  # it warns of styles and the like, which are of no interest here
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), data_only=has_results, read_only=only_reads)
    except Exception:  # a broken file makes it raise anything at all
        raise NotValid("workbook_broken") from None


def _sheet(book: Any, sheet: Any, asked: Any) -> Sheet:
    # `_cells` are those the file has: walking the grid would make one of every gap, down to the last styled row.
    held = {place: cell for place, cell in sheet._cells.items() if cell.value is not None}
    marks: dict[Place, Mark] = {place: "error" for place, cell in held.items() if cell.data_type == "e"}
    cells = {place: _text(cell.value) for place, cell in held.items()}
    for place, cell in asked._cells.items() if asked else ():
        if cell.data_type == "f" and place not in cells:
            cells[place], marks[place] = "=", "formula"
    _spread_merged(sheet, cells, marks)
    for row, column in cells:
        if column > MOST_COLUMNS:
            raise NotValid("table_wide", row=row)
    return Sheet(sheet.title, cells, marks, book.epoch.date())


def _spread_merged(sheet: Any, cells: dict[Place, str], marks: dict[Place, Mark]) -> None:
    """Only down to the last row and column in use: a merge may reach to the end of the grid."""
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    for area in sheet.merged_cells.ranges:
        text = cells.get((area.min_row, area.min_col))
        if text is None:
            continue
        last_row_here, last_column_here = max(last_row, area.min_row), max(last_column, area.min_col)
        for row in range(area.min_row, min(area.max_row, last_row_here) + 1):
            for column in range(area.min_col, min(area.max_col, last_column_here) + 1):
                if (row, column) != (area.min_row, area.min_col):
                    cells[row, column] = text
                    marks[row, column] = "down" if column == area.min_col else "across"


def _text(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0):
            return value.date().isoformat()
        case _:
            return str(value)
