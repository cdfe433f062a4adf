"""The names on the command line. A new command is one function and one line in COMMANDS."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from devtools.checks import fix, test
from devtools.environment import MAIN, ensure
from devtools.font import font
from devtools.lock import lock
from devtools.package import package
from devtools.pythons import this_one
from devtools.say import StepFailed, line, speak_plainly

INSTALL = "--install"


class Run(Protocol):
    """What a command does with the rest of its line; gives the exit status."""

    def __call__(self, more: Sequence[str], *, may_install: bool) -> int: ...


@dataclass(frozen=True, slots=True)
class Command:
    """A name, how it is written, one sentence, and what it does."""

    name: str
    usage: str
    sentence: str
    run: Run


def program(*start: str) -> Callable[..., int]:
    """Give a command that becomes one of our own programs, in the folder where the person is."""

    def run(more: Sequence[str], *, may_install: bool) -> int:
        ensure(MAIN, this_one(), may_install=may_install)
        return _become([MAIN.python, "-m", *start, *more])

    return run


COMMANDS = (
    Command(
        "demo",
        "demo [--once] [--json FILE] [--data FILE.csv]",
        "Tell the whole story of a visit, on made-up customers or on those of FILE.csv.",
        program("demo"),
    ),
    Command("start", "start", "Begin for keeps: an empty organisation.", program("sync_server", "start")),
    Command("screens", "screens --out DIR [NAME …]", "Take a picture of every screen.", program("demo.pictures")),
    Command("test", "test [-k NAME …]", "Run all checks; with arguments pytest alone, with them.", test),
    Command("bench", "bench store|sync|ui [--json FILE]", "Measure a part against its peers.", program("bench")),
    Command("torture", "torture CAMPAIGN", "Ask much of one promise; alone, list them.", program("torture")),
    Command("package", "package phone|apk", "Put what goes to a phone into build/, or build its APK.", package),
    Command("lock", "lock [--upgrade]", "Write constraints.txt and constraints-floor.txt anew.", lock),
    Command("font", "font", "Cut the browser's Chinese font anew from Debian's.", font),
    Command(
        "data-model", "data-model", "Write docs/data-model.md anew from the record kinds.", program("demo.data_model")
    ),
    Command("fix", "fix", "Mend layout and order of imports as far as ruff can.", fix),
)


def main(words: Sequence[str]) -> int:
    """Run the command the words name; 2 if there is none of that name."""
    speak_plainly()
    may_install = INSTALL in words or bool(os.environ.get("CI"))
    name, *more = [word for word in words if word != INSTALL] or [""]
    for command in COMMANDS:
        if command.name == name:
            return _guarded(command, more, may_install=may_install)
    _list_commands()
    return 0 if name in ("help", "-h", "--help") else 2


def _guarded(command: Command, more: Sequence[str], *, may_install: bool) -> int:
    try:
        return command.run(more, may_install=may_install)
    except StepFailed as failure:
        line(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130


def _list_commands() -> None:
    line("python3 dev.py COMMAND\n")
    width = max(len(command.usage) for command in COMMANDS)
    for command in COMMANDS:
        line(f"  {command.usage:<{width}}  {command.sentence}")
    line(f"\nEach makes its environment itself. {INSTALL} lets it install Debian packages it lacks.")


def _become(command: Sequence[str]) -> int:
    """Hand this process over, so that Ctrl-C and the exit status are the program's own."""
    env = {**os.environ, "PYTHONUTF8": "1"}
    if os.name != "nt":  # there, exec returns to the prompt at once
        sys.stdout.flush()
        os.execve(command[0], list(command), env)  # noqa: S606 -- a list of words needs no shell
    return subprocess.run(command, env=env, check=False).returncode
