"""Commands about tables: import, export."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from field_app.actions import exchange
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed, told_cells


def import_file(desk: Desk, said: Namespace) -> Printed:
    """Keep every good row of a CSV or XLSX file as a record; say which cells could not be read."""
    with desk.store() as store:
        made = exchange.import_table(
            store, said.kind, Path(said.file), sheet=said.sheet, all_or_none=said.all_or_none, dry_run=said.dry_run
        )
    refused = told_cells(made.refusals, desk.settings.lang, said.kind)
    return {"rows": made.rows, "imported": len(made.ids), "ids": list(made.ids), "refused": refused}


def export_file(desk: Desk, said: Namespace) -> Printed:
    """Write the records of a kind to a CSV file."""
    with desk.store() as store:
        count = exchange.export_table(store, said.kind, Path(said.file), desk.settings.lang)
    return {"exported": count, "file": said.file}


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--kind", default="customer")
    parser.add_argument("--sheet", default="", help="which sheet of a workbook, where several could be read")
    parser.add_argument("--all-or-none", action="store_true", help="refuse the file if one row is wrong")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be refused")


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind")
    parser.add_argument("file")


COMMANDS = (
    Command("import", "keep the rows of a CSV or XLSX file as records", import_file, _import_arguments),
    Command("export", "write records to a CSV file", export_file, _export_arguments),
)
