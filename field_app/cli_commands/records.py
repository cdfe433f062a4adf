"""Commands about records: add, set, delete, restore-record, get, list."""

from argparse import ArgumentParser, Namespace

from field_app.actions import records
from field_app.cli_commands.desk import Command, Desk, fields_from
from field_app.cli_commands.lines import add_lines
from field_app.cli_commands.telling import Printed


def add(desk: Desk, said: Namespace) -> Printed | int:
    """Keep a new record, or with --lines one for each line of standard input."""
    if said.lines:
        return add_lines(desk, said)
    with desk.store() as store:
        return {"id": records.add(store, said.kind, fields_from(said.fields))}


def change(desk: Desk, said: Namespace) -> Printed:
    """Correct a record."""
    with desk.store() as store:
        records.change(store, said.kind, said.id, fields_from(said.fields))
    return {"id": said.id}


def delete(desk: Desk, said: Namespace) -> Printed:
    """Put a record in the bin."""
    with desk.store() as store:
        records.delete(store, said.kind, said.id)
    return {"id": said.id}


def restore_record(desk: Desk, said: Namespace) -> Printed:
    """Take a record out of the bin."""
    with desk.store() as store:
        records.restore(store, said.kind, said.id)
    return {"id": said.id}


def get(desk: Desk, said: Namespace) -> Printed:
    """One record."""
    with desk.store() as store:
        return {"record": records.get(store, said.kind, said.id)}


def list_records(desk: Desk, said: Namespace) -> Printed:
    """Records of a kind."""
    where = fields_from(said.where)
    with desk.store() as store:
        return {"records": records.listed(store, said.kind, where, deleted=said.deleted, limit=said.limit)}


def _kind(parser: ArgumentParser) -> None:
    parser.add_argument("kind")


def _record(parser: ArgumentParser) -> None:
    _kind(parser)
    parser.add_argument("id")


def _add_arguments(parser: ArgumentParser) -> None:
    _kind(parser)
    parser.add_argument("fields", nargs="*", metavar="field=value")
    parser.add_argument("--lines", action="store_true", help="one JSON object a line from standard input")


def _change_arguments(parser: ArgumentParser) -> None:
    _record(parser)
    parser.add_argument("fields", nargs="+", metavar="field=value")


def _list_arguments(parser: ArgumentParser) -> None:
    _kind(parser)
    parser.add_argument("--where", action="append", default=[], metavar="field=value")
    parser.add_argument("--deleted", action="store_true", help="those in the bin, too")
    parser.add_argument("--limit", type=_whole, help="at most so many")


def _whole(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


COMMANDS = (
    Command("add", "keep a new record", add, _add_arguments),
    Command("set", "correct a record", change, _change_arguments),
    Command("delete", "put a record in the bin", delete, _record),
    Command("restore-record", "take a record out of the bin", restore_record, _record),
    Command("get", "show a record", get, _record),
    Command("list", "show the records of a kind", list_records, _list_arguments),
)
