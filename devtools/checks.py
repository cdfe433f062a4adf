"""Everything that must hold before a change lands: style, types, imports, tests, and the floor.

All checks run even if one fails, so that one call tells all there is to mend.
"""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from devtools.browser_at_hand import bring_browser
from devtools.environment import FLOOR, MAIN, ROOT, ensure
from devtools.in_memory import folder_in_memory
from devtools.limited import run_limited
from devtools.pythons import Interpreter, find, this_one
from devtools.say import StepFailed, failed, line, passed

# The phone's oldest Python first; the others have wheels of the floor's versions, too.
FLOOR_PYTHONS = ("3.12", "3.13", "3.11")
FLOOR_TESTS = ("tests/core", "tests/app")
ON_EVERY_CORE = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup")
SUITE_AT_MOST_S = 40 * 60.0  # four times what it takes on two cores


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold, and the command that tells."""

    name: str
    command: Sequence[str]
    is_shown: bool = False  # what it prints is read as it comes, not only when it fails
    at_most_s: float = 0.0  # when it is ended although it still runs; 0: whoever asked for it waits


def static_checks(python: str) -> tuple[Check, ...]:
    """Give the checks that read the code without running it, quickest first."""
    return (
        Check("ruff check", [python, "-m", "ruff", "check", "--quiet", "."]),
        Check("ruff format", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        Check("mypy --strict", [python, "-m", "mypy", "--no-error-summary"]),
        Check("import rules", [python, "-c", LINT_IMPORTS, "--no-logo"]),
    )


LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"


def test(more: Sequence[str], *, may_install: bool) -> int:
    """Run every check; with arguments only pytest, with these (such as `-k name`)."""
    ensure(MAIN, this_one(), may_install=may_install)
    bring_browser(may_install=may_install)
    if more:
        return _run(Check("pytest", [MAIN.python, "-m", "pytest", *more], is_shown=True))
    whole = Check("pytest", [MAIN.python, "-m", "pytest", *ON_EVERY_CORE], is_shown=True, at_most_s=SUITE_AT_MOST_S)
    checks = [*static_checks(MAIN.python), whole]
    broken = [check.name for check in checks if _run(check) != 0]
    if not _floor_holds(may_install=may_install):
        broken.append("the floor")
    return _summary(broken, len(checks) + 1)


def fix(more: Sequence[str], *, may_install: bool) -> int:
    """Mend what ruff can mend by itself."""
    ensure(MAIN, this_one(), may_install=may_install)
    ruff = [MAIN.python, "-m", "ruff"]
    mended = _run(Check("ruff check --fix", [*ruff, "check", "--fix", "--quiet", ".", *more]))
    return max(mended, _run(Check("ruff format", [*ruff, "format", "--quiet", "."])))


def _floor_holds(*, may_install: bool) -> bool:
    try:
        return _run(_floor_check(may_install=may_install)) == 0
    except StepFailed as failure:
        line(str(failure))
        return False


def _floor_check(*, may_install: bool) -> Check:
    """Prepare the environment with the oldest packages a phone may have, and give its check."""
    python = find(FLOOR_PYTHONS) or this_one()
    if python.minor != FLOOR_PYTHONS[0]:
        line(f"There is no Python {FLOOR_PYTHONS[0]} here: the floor is tested on {python.version} instead.")
    ensure(FLOOR, python, may_install=may_install)
    folders = [folder for folder in FLOOR_TESTS if (ROOT / folder).is_dir()]
    command = [FLOOR.python, "-m", "pytest", *ON_EVERY_CORE, *folders]
    return Check(_floor_name(python), command, is_shown=True, at_most_s=SUITE_AT_MOST_S)


def _floor_name(python: Interpreter) -> str:
    return f"pytest on the floor (Python {python.version}, the oldest packages of a phone)"


def _run(check: Check) -> int:
    """Run one check in the checkout's root, say how it went, and give its exit status."""
    began = time.monotonic()
    if check.is_shown:
        line(f"… {check.name}")
    status = _shown(check) if check.is_shown else _silent(check)
    (passed if status == 0 else failed)(check.name, time.monotonic() - began)
    return status


def _shown(check: Check) -> int:
    with folder_in_memory(os.environ) as folder:
        env = {**_environment(), **({"TMPDIR": folder} if folder else {})}
        if check.at_most_s:
            return run_limited(check.command, check.at_most_s, cwd=ROOT, env=env)
        return subprocess.run(check.command, cwd=ROOT, env=env, check=False).returncode


def _silent(check: Check) -> int:
    done = subprocess.run(
        check.command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode != 0 and done.stdout:
        line(done.stdout.decode("utf-8", "replace").rstrip())
    return done.returncode


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}


def _summary(broken: Sequence[str], total: int) -> int:
    if broken:
        line(f"\n{len(broken)} of {total} checks failed: {'; '.join(broken)}.")
        return 1
    line(f"\nAll {total} checks hold.")
    return 0
