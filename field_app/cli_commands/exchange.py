"""Commands about tables: import, export."""

import logging
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from field_app.actions.book_in import BookTaken, take_book
from field_app.actions.book_out import lend_table
from field_app.actions.exporting import Wish, export_table
from field_app.actions.importing import Asked, Imported, Refusal, TableRefused, import_table, write_refusals
from field_app.actions.reverting import imports_here, revert_import
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed, told_cells
from visit_core.errors import NotValid

log = logging.getLogger(__name__)


def import_file(desk: Desk, said: Namespace) -> Printed:
    """Keep every good row of a table as a record; say which cells could not be read."""
    read_as = said.kind, said.sheet, _columns(said.column)
    asked = Asked(*read_as, said.skip_duplicates, said.all_or_none, said.dry_run, password=desk.settings.file_password)
    try:
        with desk.store() as store:
            taken = take_book(store, Path(said.file), asked, _logged)
            made = taken or import_table(store, Path(said.file), asked, _logged)
    except TableRefused as refused_whole:
        _write_errors(desk, said, refused_whole.refusals)
        raise
    _write_errors(desk, said, made.refusals)
    return _told_book(desk, made) if isinstance(made, BookTaken) else _told_table(desk, said, made)


def _logged(done: int, of: int) -> None:
    log.info("imported rows=%d of=%d", done, of)


def _told_table(desk: Desk, said: Namespace, made: Imported) -> Printed:
    refused = told_cells(made.refusals, desk.settings.lang, said.kind)
    looked = {"columns": made.columns, "preview": list(made.preview)} if said.dry_run else {}
    return {
        "rows": made.rows,
        "imported": len(made.ids),
        "import": made.import_id,
        "ids": list(made.ids),
        "duplicates": [asdict(double) for double in made.doubles],
        "refused": refused,
        **looked,
    }


def _told_book(desk: Desk, taken: BookTaken) -> Printed:
    return {
        "rows": taken.rows,
        "changed": len({change.id for change in taken.changes}),
        "changes": [asdict(change) for change in taken.changes],
        "imported": len(taken.ids),
        "import": taken.import_id,
        "ids": list(taken.ids),
        "duplicates": [asdict(double) for double in taken.doubles],
        "refused": told_cells(taken.refusals, desk.settings.lang, taken.kind),
        "gone": list(taken.gone),
        "columns_gone": list(taken.columns_gone),
    }


def imports(desk: Desk, _said: Namespace) -> Printed:
    """Every import of this device."""
    with desk.store() as store:
        return {"imports": imports_here(store)}


def revert(desk: Desk, said: Namespace) -> Printed:
    """Take one import back, but for what has been worked on since."""
    with desk.store() as store:
        done = revert_import(store, said.id)
    cells = [{"id": record, "field": name} for record, name in done.cells_stay]
    return {"removed": len(done.removed), "stay": list(done.stay), "set_back": done.set_back, "cells_stay": cells}


def _write_errors(desk: Desk, said: Namespace, refusals: Sequence[Refusal]) -> None:
    if said.errors:
        write_refusals(refusals, said.kind, Path(said.errors), desk.settings.lang)


def _columns(said: list[str]) -> dict[str, str]:
    if not all("=" in each for each in said):
        raise NotValid("assignment", field=next(each for each in said if "=" not in each))
    return {heading: name for heading, _, name in (each.rpartition("=") for each in said)}


def export_file(desk: Desk, said: Namespace) -> Printed:
    """Write the records of a kind to a file, masked unless a reason is given."""
    wish = Wish(desk.settings.lang, said.reason.strip(), desk.settings.file_password)
    export = lend_table if said.round_trip else export_table
    with desk.store() as store:
        count = export(store, said.kind, Path(said.file), wish)
    return {"exported": count, "file": said.file, "masked": not wish.reason}


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="CSV, XLSX or a TinyDB file; FIELD_APP_FILE_PASSWORD opens a locked workbook")
    parser.add_argument("--kind", default="customer")
    parser.add_argument("--sheet", default="", help="which sheet of a workbook, where several could be read")
    parser.add_argument("--column", action="append", default=[], help="HEADING=field, remembered; no field: left out")
    parser.add_argument("--errors", default="", help="a CSV file that is to say what must be mended")
    parser.add_argument("--skip-duplicates", action="store_true", help="leave out who is here already")
    parser.add_argument("--all-or-none", action="store_true", help="refuse the file if one row is wrong")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be refused")


def _revert_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id")


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind")
    parser.add_argument("file", help="CSV, or a workbook where it ends in .xlsx; FIELD_APP_FILE_PASSWORD locks that")
    parser.add_argument("--round-trip", action="store_true", help="a workbook to be edited and imported again here")
    parser.add_argument("--reason", default="", help="why numbers and mailboxes are to stand in full; written down")


COMMANDS = (
    Command("import", "keep the rows of a CSV or XLSX file as records", import_file, _import_arguments),
    Command("imports", "every import of this device", imports),
    Command("revert-import", "take one import back", revert, _revert_arguments),
    Command("export", "write records to a CSV or XLSX file; masked without a reason", export_file, _export_arguments),
)
