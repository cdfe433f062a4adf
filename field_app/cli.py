"""The device without a screen: the very actions the screens call, JSON in and out.

`python -m field_app.cli --home DIR COMMAND …`, described in docs/cli.md. Exit 0 done · 1 a defect of ours ·
2 bad input or not found · 3 no connection · 4 wrong PIN or damaged store · 5 store open elsewhere · 6 revoked.
"""

import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NoReturn, TextIO

from field_app.cli_commands import COMMANDS
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import print_json, told, told_defect
from field_app.clock import DeviceClock, SystemClock
from field_app.remote import Remote
from field_app.settings import read_settings
from field_app.vault.kdf import STRONG, KdfCost
from visit_core.errors import (
    AlreadyEnrolled,
    CodeRefused,
    DeviceRevoked,
    Locked,
    NotAllowed,
    NotEnrolled,
    NotSignedIn,
    NotValid,
    StoreError,
    SyncError,
    VisitError,
)
from visit_core.explain import LANGUAGES
from visit_core.picklists import Language

DEFECT = 1
EXIT_STATUS: tuple[tuple[tuple[type[VisitError], ...], int], ...] = (
    ((NotValid, NotAllowed, NotEnrolled, AlreadyEnrolled, CodeRefused), 2),
    ((DeviceRevoked, NotSignedIn), 6),
    ((SyncError,), 3),
    ((Locked,), 5),
    ((StoreError,), 4),
)
"""The first line that fits an error gives the exit status."""

log = logging.getLogger("field_app")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the program finds around it; a test brings its own."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    clock: DeviceClock = field(default_factory=SystemClock)
    cost: KdfCost = STRONG
    remote: Remote | None = None


class _Parser(ArgumentParser):
    """Refuses arguments with an error like any other instead of a usage text on stderr."""

    def error(self, message: str) -> NoReturn:
        raise NotValid("usage", field="command", usage=self.format_usage().strip())


def main(argv: Sequence[str], around: Surroundings | None = None) -> int:
    """Run one command, print one JSON object, give the exit status."""
    around = around or Surroundings()
    lang: Language = "en" if _asks_english(argv) else "zh"
    said: Namespace | None = None
    try:
        said = _parser().parse_args(argv)
        _log_to_stderr(said.verbose)
        answer = said.command.run(_desk(said, around), said)
        if isinstance(answer, int):
            return answer
        print_json(answer, around.stdout)
        return 0
    except VisitError as error:
        log.info("refused code=%s why=%s", error.code, getattr(error, "why", None))
        print_json(told(error, lang, getattr(said, "kind", None)), around.stdout)
        return next(status for kinds, status in EXIT_STATUS if isinstance(error, kinds))
    except Exception as defect:
        log.error("defect type=%s at=%s", type(defect).__name__, _where(defect))
        print_json(told_defect(lang), around.stdout)
        return DEFECT


def _parser() -> ArgumentParser:
    parser = _Parser(prog="python -m field_app.cli", description="The device without a screen.")
    parser.add_argument("--home", required=True, help="folder of this device's store")
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of messages and tables")
    parser.add_argument("--verbose", action="store_true", help="log to stderr: ids and counts only")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        _add_command(commands, command)
    return parser


def _add_command(commands: Any, command: Command) -> None:
    parser = commands.add_parser(command.name, help=command.help)
    command.arguments(parser)
    parser.set_defaults(command=command)


def _desk(said: Namespace, around: Surroundings) -> Desk:
    settings = read_settings(said.home, said.lang, around.environ)
    return Desk(settings, around.clock, around.cost, around.stdin, around.stdout, around.remote)


def _asks_english(argv: Sequence[str]) -> bool:
    """Also where the arguments cannot be read as a whole."""
    return "--lang=en" in argv or any(pair == ("--lang", "en") for pair in pairwise(argv))


def _log_to_stderr(is_verbose: bool) -> None:
    if is_verbose:
        logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
        logging.getLogger("httpx").setLevel(logging.WARNING)


def _where(defect: BaseException) -> str:
    """The innermost line of ours; never the message, which may quote what a person wrote."""
    trace = defect.__traceback__
    where = ""
    while trace:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        where = f"{name}:{trace.tb_lineno}" if name.startswith(("field_app", "visit_core")) else where
        trace = trace.tb_next
    return where


def run() -> int:
    """The program itself."""
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
