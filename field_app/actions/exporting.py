"""Tables in and out: customers from a CSV or XLSX file, records to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from field_app.actions.declared import custom_here
from field_app.actions.edits import creation
from field_app.local_store import Edit, LocalStore
from field_app.vault.files import Disk, replace_file
from visit_core.columns import headings_of
from visit_core.errors import Failed, NotFound, NotValid, TooLarge
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.picklists import Language
from visit_core.tables import RowRead, read_table, records_from, write_table

MAX_FILE_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell, or one row, that cannot be read."""

    row: int
    column: str | None
    why: NotValid


class TableRefused(NotValid):
    """The file as a whole is refused; `refusals` says every row and column that must be mended."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.why.why, field=first.why.field, **{**first.why.about, "row": first.row})
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made, or would make, and what of the file it could not read."""

    rows: int
    ids: tuple[str, ...]
    refusals: tuple[Refusal, ...]


def import_table(
    store: LocalStore, kind_name: str, file: Path, *, sheet: str = "", all_or_none: bool = False, dry_run: bool = False
) -> Imported:
    """Keep every good row as a new record, all in one commit; with `dry_run` only look.

    TableRefused where no row is good, and with `all_or_none` where any is not.
    """
    kind, custom = kind_named(kind_name), custom_here(store, kind_name)
    table = read_table(_content(file), headings_of({**fields_of(kind), **custom}), sheet)
    rows = list(records_from(table, kind, store.moment(), custom))
    edits, refusals = _edits(store, kind_name, rows)
    if refusals and (all_or_none or not edits):
        raise TableRefused(refusals)
    if edits and not dry_run:
        store.keep(*edits)
    ids = () if dry_run else tuple(edit.id for edit in edits)
    return Imported(len(rows), ids, tuple(refusals))


def export_table(store: LocalStore, kind_name: str, file: Path, lang: Language) -> int:
    """Write all records of a kind that are not in the bin; give how many."""
    kind = kind_named(kind_name)
    records: list[dict[str, JsonValue]] = [{**view.fields, "id": view.id} for view in store.find(kind_name)]
    try:
        replace_file(file, write_table(kind, records, lang, custom_here(store, kind_name)), Disk())
    except Failed as refusal:
        raise NotFound("file_unwritable", field="file") from refusal
    return len(records)


def _edits(store: LocalStore, kind_name: str, rows: list[RowRead]) -> tuple[list[Edit], list[Refusal]]:
    edits: list[Edit] = []
    refusals: list[Refusal] = []
    for row in rows:
        refusals += [Refusal(row.row, column, why) for column, why in row.refused]
        if row.refused:
            continue
        try:
            edits.append(creation(store, kind_name, row.fields))
        except NotValid as why:
            refusals.append(Refusal(row.row, why.field, why))
    return edits, refusals


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise TooLarge("too_large", field="file", limit=MAX_FILE_BYTES)
        return file.read_bytes()
    except (OSError, ValueError) as refusal:
        raise NotFound("file_unreadable", field="file") from refusal
