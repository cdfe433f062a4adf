"""Tables that people exchange: read in any form Excel leaves them in, and how records become one."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import JsonValue

from visit_core.cell_files import plain_cell
from visit_core.cell_words import cell_words
from visit_core.cells import meant, one_name, placed
from visit_core.columns import Headings, columns_of, folded, header_in
from visit_core.errors import NotValid
from visit_core.fields import NO_CUSTOM, FieldSpec, Record, Specs, fields_of
from visit_core.masks import MASK, SHOWN_ON_REQUEST
from visit_core.picklists import Language
from visit_core.rules.whom import Whom
from visit_core.sentences import LANGUAGES, sentence
from visit_core.shapes import (
    AnyValue,
    Entries,
    Fix,
    LabelledLines,
    Mobile,
    Moment,
    Parts,
    Reference,
)
from visit_core.tinydb_files import is_tinydb, read_documents
from visit_core.workbooks import EXCELS_DAY_ZERO, Mark, Sheet, is_workbook, read_sheets

_ENCODINGS = ("utf-8-sig", "gb18030")
_LENT = {sentence("table.lent_id", lang) for lang in LANGUAGES}
_NOT_EXCHANGED = (Entries, Fix, Parts, AnyValue)  # no cell holds what has parts


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, as wide as the header; rows are counted as Excel does, from 1."""

    number: int
    cells: tuple[str, ...]
    marks: Mapping[int, Mark] = field(default_factory=dict)  # by the cell's place


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header, which field stands in which column, and the rows below that hold anything."""

    header: tuple[str, ...]
    columns: Mapping[int, str]
    rows: tuple[Row, ...]
    day_zero: date = EXCELS_DAY_ZERO


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row as a record's fields, or why it cannot be one."""

    row: int
    fields: Mapping[str, JsonValue]
    refused: tuple[tuple[str, NotValid], ...] = ()  # the column's own heading, the broken rule


def read_table(content: bytes, headings: Headings, sheet: str = "") -> Table:
    """A CSV file in UTF-8 (with or without a mark at its head) or GBK, a sheet of an XLSX or a table of a TinyDB file.

    NotValid says the row that breaks it, or that one of several sheets must be named.
    """
    if not is_workbook(content) and not is_tinydb(content):
        return _headed(list(_rows(content)), headings)
    sheets = _sheets(content)
    chosen = _chosen(sheets, headings, sheet)
    return _headed(_rows_of(chosen), headings, chosen.day_zero)


def sheet_names(content: bytes) -> tuple[str, ...]:
    """The sheets of a workbook, or the tables of a TinyDB file, that hold anything; none of a CSV file."""
    if not is_workbook(content) and not is_tinydb(content):
        return ()
    return tuple(sheet.name for sheet in _sheets(content) if sheet.cells)


def _sheets(content: bytes) -> list[Sheet]:
    return list(read_sheets(content) if is_workbook(content) else read_documents(content))


def records_from(
    table: Table, kind: type[Record], moment: Moment, custom: Specs = NO_CUSTOM, *, whom: Whom | None = None
) -> Iterator[RowRead]:
    """Each row as fields of `kind`; columns that no field is called after are left out.

    With `whom` a customer may be named by a number or a name instead of an id.
    """
    specs, first = {**fields_of(kind), **custom}, kind.listed[0]
    if any(cell in _LENT for cell in table.header):
        raise NotValid("book_base_lost")
    if first not in table.columns.values():
        raise NotValid("table_header", needs=specs[first].asked.zh)
    is_ours = table.header[0] == "id"
    for row in table.rows:
        cells = placed(row.cells, table.columns, specs)
        fields: dict[str, JsonValue] = {}
        refused: list[tuple[str, NotValid]] = []
        for place, name in table.columns.items():
            try:
                refuse_mark(row.marks.get(place), is_first=name == first)
                is_somebody = name == first == "name" and kind.kind_name == "customer"
                said = one_name(cells[place]) if is_somebody and not is_ours else cells[place]
                fields[name] = cell_value(_named_by(said, specs[name], whom), specs[name], moment, table.day_zero)
            except NotValid as broken:
                refused.append((table.header[place], broken))
        yield RowRead(row.number, {k: v for k, v in fields.items() if v is not None}, tuple(refused))


def _named_by(cell: str, spec: FieldSpec, whom: Whom | None) -> str:
    """The id of the customer whom a cell names; any other cell as it is."""
    if whom is None or not cell.strip() or spec.shape != Reference("customer"):
        return cell
    return whom.meant(meant(cell, Mobile(), EXCELS_DAY_ZERO))


def cell_value(cell: str, spec: FieldSpec, moment: Moment, day_zero: date = EXCELS_DAY_ZERO) -> JsonValue:
    """What a cell was meant to say of a field; NotValid `table_masked` for what an export had masked."""
    if spec.asked.masked in SHOWN_ON_REQUEST and MASK in cell:
        raise NotValid("table_masked", field=spec.name)
    return spec.read(meant(cell, spec.shape, day_zero), moment)


def exchanged(kind: type[Record], custom: Specs) -> list[FieldSpec]:
    """The fields that stand in a table of that kind, in the order of its columns behind the id."""
    declared = {**fields_of(kind), **custom}
    return [spec for spec in declared.values() if is_exchanged(spec)]


def table_of(
    kind: type[Record], records: Iterable[Mapping[str, JsonValue]], lang: Language, custom: Specs
) -> Iterator[list[str]]:
    """The header and a row for each record, as people read them."""
    specs = exchanged(kind, custom)
    yield ["id", *_named(specs, lang)]
    for record in records:
        yield [str(record.get("id", "")), *(cell_words(spec.shape, record.get(spec.name), lang) for spec in specs)]


def is_exchanged(spec: FieldSpec) -> bool:
    """Whether a field has a column: what has parts has none, but lines of one's own are text."""
    return isinstance(spec.shape, LabelledLines) or not isinstance(spec.shape, _NOT_EXCHANGED)


def _named(specs: Sequence[FieldSpec], lang: Language) -> Iterator[str]:
    """Each column's heading; a field that is called like one before it goes by its own name."""
    taken: set[str] = set()
    for spec in specs:
        label = spec.asked.label(lang)
        yield spec.name if folded(label) in taken else label
        taken.add(folded(label))


def _decoded(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotValid("table_encoding")


def _rows(content: bytes) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        for number, cells in enumerate(lines, start=1):
            if any(cell.strip() for cell in cells):
                yield Row(number, tuple(plain_cell(cell) for cell in cells))
    except csv.Error:
        raise NotValid("table_broken", row=lines.line_num) from None


def _as_wide(row: Row, width: int) -> Row:
    if any(cell.strip() for cell in row.cells[width:]):
        raise NotValid("table_wide", row=row.number)
    return Row(row.number, row.cells[:width] + ("",) * (width - len(row.cells)), row.marks)


def _headed(rows: Sequence[Row], headings: Headings, day_zero: date = EXCELS_DAY_ZERO) -> Table:
    if not rows:
        raise NotValid("table_empty")
    found, above = header_in([row.cells for row in rows], headings)
    header = tuple(cell.strip() for cell in found or rows[0].cells)
    columns = columns_of(header, headings)
    return Table(header, columns, tuple(_as_wide(row, len(header)) for row in rows[above or 1 :]), day_zero)


def _chosen(sheets: Sequence[Sheet], headings: Headings, name: str) -> Sheet:
    """The sheet of that name, or the only one that has columns we know."""
    named = [each for each in sheets if each.name == name] if name else list(sheets)
    held = [each for each in named if each.cells]
    known = {each.name: len(columns_of(_headed(_rows_of(each)[:10], headings).header, headings)) for each in held}
    for enough in (2, 1, 0):
        fit = [each for each in held if known[each.name] >= enough]
        if len(fit) > 1:
            raise NotValid("table_sheets", sheets="、".join(each.name for each in fit))
        if fit:
            return fit[0]
    raise NotValid("table_empty")


def _rows_of(sheet: Sheet) -> list[Row]:
    plain = ((number, tuple(plain_cell(cell) for cell in cells), marks) for number, cells, marks in sheet.rows())
    return [Row(*row) for row in plain if any(cell.strip() for cell in row[1])]


def refuse_mark(mark: Mark | None, *, is_first: bool) -> None:
    """A value merged down holds for all its rows; but whoever's name is, that is one record or several: who knows."""
    if mark == "down" and not is_first:
        return
    if mark:
        raise NotValid("table_merged" if mark in ("down", "across") else f"table_{mark}")
