"""The operator's program: `python -m sync_server COMMAND --home DIR …`; JSON on stdout.

Exit status 0 done, 1 a defect of ours, 2 bad input or not possible now, 4 a damaged store.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sync_server.commands import asking, caring, exporting, founding, importing, serving, staff, starting
from sync_server.commands.context import Context
from sync_server.commands.starting import language
from visit_core.errors import Corrupt, NotValid, VisitError, WrongKey
from visit_core.explain import explain

PORT = 8460


class _Parser(argparse.ArgumentParser):
    """Bad arguments are answered like any other bad input."""

    def error(self, message: str) -> Any:
        raise NotValid("arguments", field=self.prog.rpartition(" ")[2], said=message[:200])


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] | None = None) -> int:
    """Run one command; give the exit status."""
    environment = os.environ if environment is None else environment
    try:
        asked = _parser().parse_args(arguments)
        answer = asked.run(Context(asked.home, environment), asked)
    except VisitError as refused:
        _print({"error": _told(refused, environment)})
        return 4 if isinstance(refused, Corrupt | WrongKey) else 2
    if answer is not None:
        _print(answer)
    return 0


def _told(refused: VisitError, environment: Mapping[str, str]) -> dict[str, Any]:
    code = refused.why if isinstance(refused, NotValid) else refused.code
    if isinstance(refused, Corrupt):
        refused.facts.setdefault("why", "central")  # what else is damaged says what it is
    return {
        "code": code,
        "field": getattr(refused, "field", None),
        "message": explain(refused, language(environment)),
        "facts": refused.facts,
    }


def _print(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="sync_server", description="The meeting point of all devices.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _founding(commands)
    _staff(commands)
    _asking(commands)
    _importing(commands)
    _exporting(commands)
    _caring(commands)
    _serving(commands)
    return parser


def _founding(commands: Any) -> None:
    init = _command(commands, "init", founding.init, "Make a home.")
    init.add_argument("--db", metavar="URL")
    init.add_argument("--organisation", metavar="NAME")
    init.add_argument("--address", metavar="URL", help="what invites name")
    certificate = _command(commands, "certificate", founding.certificate, "Make the server's certificate.")
    certificate.add_argument("--name", action="append", required=True, metavar="HOST")


def _staff(commands: Any) -> None:
    person = _command(commands, "add-person", staff.add_person, "Add somebody to a team.")
    for name in ("--name", "--role", "--team"):
        person.add_argument(name, required=True)
    code = _command(commands, "enrol-code", staff.enrol_code, "A one-time code for a person's next device.")
    code.add_argument("--person", required=True, metavar="ID")
    code.add_argument("--minutes", type=int)
    again = _command(commands, "recovery-code", staff.recovery_code, "A one-time code for a device's forgotten PIN.")
    again.add_argument("--device", required=True, metavar="ID")
    again.add_argument("--minutes", type=int)
    rescue = _command(commands, "rescue", staff.take_rescue, "Take in a device's rescue file.")
    rescue.add_argument("file", type=Path)
    revoke = _command(commands, "revoke", staff.revoke, "Take nothing more from a device.")
    revoke.add_argument("--device", required=True, metavar="ID")
    _command(commands, "devices", staff.devices, "Every device.")


def _asking(commands: Any) -> None:
    get = _command(commands, "get", asking.get, "One record.")
    get.add_argument("kind")
    get.add_argument("id")
    why = _command(commands, "why", asking.why, "A customer's grade, promise and stage, explained.")
    why.add_argument("id")
    why.add_argument("--team", required=True, metavar="NAME")
    twice = _command(commands, "duplicates", asking.duplicates, "Customers who may be written down twice.")
    twice.add_argument("--team", required=True, metavar="NAME")
    _command(commands, "conflicts", asking.conflicts, "Every conflict.")
    _command(commands, "quarantine", asking.quarantine, "Every refused change.")


def _importing(commands: Any) -> None:
    table = _command(
        commands,
        "import",
        importing.import_file,
        "Customers, or what hangs on them, from a CSV, XLSX or plain TinyDB file.",
    )
    table.add_argument("file", type=Path)
    table.add_argument("--team", required=True, metavar="NAME")
    table.add_argument("--kind", choices=importing.KINDS, default="customer", help="what the rows are")
    table.add_argument("--sheet", default="", metavar="NAME", help="which sheet, where several could be read")
    table.add_argument("--column", action="append", default=[], help="HEADING=field; no field: left out")
    table.add_argument("--errors", type=Path, metavar="FILE", help="a CSV file that is to say what must be mended")
    table.add_argument("--all-or-none", action="store_true", help="bring nobody in if one row is wrong")
    table.add_argument("--dry-run", action="store_true", help="say what would be done")
    back = _command(commands, "revert-import", importing.revert, "Take one import back.")
    back.add_argument("id")
    back.add_argument("--team", required=True, metavar="NAME")


def _exporting(commands: Any) -> None:
    table = _command(commands, "export", exporting.export_file, "A team's records in a CSV file or a workbook.")
    table.add_argument("kind")
    table.add_argument("file", type=Path, help="a workbook where it ends in .xlsx; SYNC_SERVER_FILE_PASSWORD locks it")
    table.add_argument("--team", required=True, metavar="NAME")
    table.add_argument("--reason", default="", help="why numbers and mailboxes are to stand in full; written down")


def _caring(commands: Any) -> None:
    backup = _command(commands, "backup", caring.backup, "A sealed backup that was tried out.")
    backup.add_argument("file", type=Path, nargs="?", help="instead of the folder for backups")
    restore = _command(commands, "restore", caring.restore, "Put a backup in the store's place.")
    restore.add_argument("file", type=Path)
    _command(commands, "new-epoch", caring.new_epoch, "Have every device read anew and bring back what was lost.")
    verify = _command(commands, "verify", caring.verify, "Is the store whole, or a backup?")
    verify.add_argument("file", type=Path, nargs="?", help="a backup")
    _command(commands, "upgrade", caring.upgrade, "Bring a store of an earlier version up to date.")
    _command(commands, "status", caring.status, "Which version, and how old the last good backup is.")


def _serving(commands: Any) -> None:
    serve = _command(commands, "serve", serving.serve, "Serve devices until stopped.")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=PORT)
    serve.add_argument("--tls", action="store_true", help="TLS on loopback, too")
    start = commands.add_parser("start", help="For keeps: ask what is needed the first time, then serve.")
    start.add_argument("--home", type=Path, metavar="DIR", help="instead of the platform's folder for data")
    start.add_argument("--port", type=int, default=PORT)
    start.set_defaults(run=starting.start)


def _command(commands: Any, name: str, run: Any, help: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help, description=help)
    parser.add_argument("--home", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
