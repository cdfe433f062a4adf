"""A plain TinyDB file as sheets: one for each table, a row for each document, a column for each field."""

import json

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.workbooks import Place, Sheet


def is_tinydb(content: bytes) -> bool:
    """Whether it is an object of JSON, and so no CSV."""
    return content.lstrip()[:1] == b"{"


def read_documents(content: bytes) -> list[Sheet]:
    """Every table that holds a document; NotValid for what is no TinyDB file."""
    try:
        tables = json.loads(content.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError):
        raise NotValid("tinydb_broken") from None
    return [_sheet(str(name), table) for name, table in tables.items()]


def _sheet(name: str, table: JsonValue) -> Sheet:
    if not isinstance(table, dict) or not all(isinstance(document, dict) for document in table.values()):
        raise NotValid("tinydb_broken")
    documents = [document for document in table.values() if isinstance(document, dict)]
    columns = {field: number for number, field in enumerate(dict.fromkeys(_fields(documents)), start=1)}
    cells: dict[Place, str] = {(1, number): field for field, number in columns.items()}
    for row, document in enumerate(documents, start=2):
        for field, value in document.items():
            cells[row, columns[field]] = _cell(value)
    return Sheet(name, cells)


def _fields(documents: list[dict[str, JsonValue]]) -> list[str]:
    return [field for document in documents for field in document]


def _cell(value: JsonValue) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_cell(part) for part in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
