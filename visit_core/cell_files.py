"""Files of cells, CSV and XLSX, written so that Excel does no harm.

A cell that begins with = + - @ would be run as a formula, so it is written with a leading ', which is taken
away again on reading: what was written is read back to the letter.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from visit_core.workbooks import write_book, write_lent_book

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def write_rows(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file of these cells, in UTF-8 with the mark that Excel wants; no cell is run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX file of these cells; none is run as a formula."""
    return write_sheets({"Sheet1": rows})


def write_sheets(rows_by_sheet: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """An XLSX file of several sheets, by their names; no cell is run as a formula."""
    return write_book(
        {name: ([_harmless(cell) for cell in row] for row in rows) for name, rows in rows_by_sheet.items()}
    )


def write_lent_sheet(header: Sequence[str], rows: Iterable[Sequence[str]], remembered: str) -> bytes:
    """An XLSX file that is to come back: it remembers a text, and its cells stay text; none is run as a formula."""
    return write_lent_book((list(map(_harmless, row)) for row in chain((header,), rows)), remembered)


def plain_cell(cell: str) -> str:
    """A cell as it was before it was written here."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" '").startswith(_RUNS) else cell


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" '").startswith(_RUNS) else cell
