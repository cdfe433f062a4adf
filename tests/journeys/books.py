"""A workbook that was exported for a round trip, as somebody edits it in Excel."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from field_app.actions.book_in import BookTaken, take_book
from field_app.actions.book_out import lend_table
from field_app.actions.exporting import Wish
from field_app.actions.importing import Asked
from tests.street import Phone


def lends(phone: Phone, file: Path, kind: str = "customer", reason: str = "核对") -> Path:
    """What the phone exports for a round trip."""
    lend_table(phone.store, kind, file, Wish("zh", reason))
    return file


def takes(phone: Phone, file: Path, **asked: Any) -> BookTaken:
    """What the phone makes of it when it comes back."""
    taken = take_book(phone.store, file, Asked(**asked))
    assert taken
    return taken


def edits(file: Path, *cells: tuple[str, str, Any]) -> Path:
    """Set cells of the visible sheet: the name in the row, the heading of the column, the new content."""
    book = load_workbook(file)
    sheet = book.worksheets[0]
    heads = {str(cell.value): cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(row, heads["客户姓名"]).value): row for row in range(2, sheet.max_row + 1)}
    for name, heading, content in cells:
        sheet.cell(rows[name], heads[heading]).value = content
    book.save(file)
    return file
