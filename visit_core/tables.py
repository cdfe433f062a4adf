"""Tables that people exchange: read in any form Excel leaves them in, written so that Excel does no harm.

A cell that begins with = + - @ would be run as a formula, so it is written with a leading ', which is taken
away again on reading: what was written is read back to the letter.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from visit_core import phones
from visit_core.errors import NotValid
from visit_core.fields import NO_CUSTOM, FieldSpec, Record, Specs, fields_of
from visit_core.picklists import Language
from visit_core.shapes import AnyValue, Entries, Fix, Landline, Mobile, Moment, OneOf, Parts, SetOf, Shape

_ENCODINGS = ("utf-8-sig", "gb18030")
_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NOT_EXCHANGED = (Entries, Fix, Parts, AnyValue)  # no cell holds what has parts
_OTHER_NAMES = {"手机": "mobile", "手机号码": "mobile", "电话": "mobile", "客户名称": "name", "姓名": "name"}
_OTHER_NAMES |= {"电子邮件": "email", "邮箱": "email", "地址": "address_detail", "公司": "company_name"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, as wide as the header; rows are counted as Excel does, the header is 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and the rows that hold anything."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RowRead:
    """One row as a record's fields, or why it cannot be one."""

    row: int
    fields: Mapping[str, JsonValue]
    refused: tuple[tuple[str, NotValid], ...] = ()  # the column's own heading, the broken rule


def read_table(content: bytes) -> Table:
    """A CSV file in UTF-8 (with or without a mark at its head) or GBK; NotValid says the row that breaks it."""
    rows = list(_rows(content))
    if not rows:
        raise NotValid("table_empty")
    header = tuple(cell.strip() for cell in rows[0].cells)
    return Table(header, tuple(_as_wide(row, len(header)) for row in rows[1:]))


def records_from(table: Table, kind: type[Record], moment: Moment, custom: Specs = NO_CUSTOM) -> Iterator[RowRead]:
    """Each row as fields of `kind`; columns that no field is called after are left out."""
    specs = {**fields_of(kind), **custom}
    columns = _columns(table.header, specs, kind.listed[0])
    for row in table.rows:
        fields: dict[str, JsonValue] = {}
        refused: list[tuple[str, NotValid]] = []
        for place, name in columns.items():
            try:
                fields[name] = specs[name].read(row.cells[place], moment)
            except NotValid as broken:
                refused.append((table.header[place], broken))
        yield RowRead(row.number, {k: v for k, v in fields.items() if v is not None}, tuple(refused))


def write_table(
    kind: type[Record],
    records: Iterable[Mapping[str, JsonValue]],
    lang: Language = "zh",
    custom: Specs = NO_CUSTOM,
) -> bytes:
    """A CSV file in UTF-8 with the mark that Excel wants; the first column is the record's id."""
    declared = {**fields_of(kind), **custom}
    specs = [spec for spec in declared.values() if not isinstance(spec.shape, _NOT_EXCHANGED)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["id", *_named(specs, lang)])
    for record in records:
        cells = (_cell(spec.shape, record.get(spec.name), lang) for spec in specs)
        writer.writerow([str(record.get("id", "")), *(_harmless(cell) for cell in cells)])
    return out.getvalue().encode("utf-8-sig")


def _named(specs: Sequence[FieldSpec], lang: Language) -> Iterator[str]:
    """Each column's heading; a field that is called like one before it goes by its own name."""
    taken: set[str] = set()
    for spec in specs:
        label = spec.asked.label(lang)
        yield spec.name if label.casefold() in taken else label
        taken.add(label.casefold())


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
                yield Row(number, tuple(_plain(cell) for cell in cells))
    except csv.Error:
        raise NotValid("table_broken", row=lines.line_num) from None


def _as_wide(row: Row, width: int) -> Row:
    if any(cell.strip() for cell in row.cells[width:]):
        raise NotValid("table_wide", row=row.number)
    return Row(row.number, row.cells[:width] + ("",) * (width - len(row.cells)))


def _columns(header: Sequence[str], specs: Specs, first: str) -> dict[int, str]:
    """Where each field stands; NotValid if one stands twice or the field that names a record is missing."""
    name_by_heading = _headings(specs)
    columns: dict[int, str] = {}
    for place, heading in enumerate(header):
        name = name_by_heading.get(heading.casefold())
        if name in columns.values():
            raise NotValid("table_twice", column=heading)
        if name:
            columns[place] = name
    if first not in columns.values():
        raise NotValid("table_header", needs=specs[first].asked.zh)
    return columns


def _headings(specs: Specs) -> dict[str, str]:
    also = {other: name for other, name in _OTHER_NAMES.items() if name in specs}
    # What is declared goes before what an organisation added under the same name.
    own = {word.casefold(): s.name for s in reversed(list(specs.values())) for word in (s.name, s.asked.en, s.asked.zh)}
    return also | own


def _cell(shape: Shape, value: JsonValue, lang: Language) -> str:
    match value:
        case None:
            return ""
        case bool():
            return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
        case list():
            return "、".join(_cell(shape.member if isinstance(shape, SetOf) else shape, each, lang) for each in value)
        case str() if isinstance(shape, OneOf):
            return shape.picklist.label(value, lang)
        case str() if isinstance(shape, Mobile | Landline):
            return phones.digits(value)
        case _:
            return str(value)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" '").startswith(_RUNS) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" '").startswith(_RUNS) else cell
