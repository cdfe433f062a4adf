"""What the person reads while they wait: one line a step, with its seconds."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO

GREEN, RED, FAINT, PLAIN = "\033[32m", "\033[31m", "\033[2m", "\033[0m"
QUIET_FOR_S = 15.0  # a log without a terminal hears of a long step this often
STEP_AT_MOST_S = 30 * 60.0


class StepFailed(Exception):
    """A step did not work; the sentence says which, and what was left to read is already printed."""


def speak_plainly() -> None:
    """Let a console that cannot print a tick print `?` instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def line(text: str, colour: str = "") -> None:
    """Print one line now, coloured only where a person looks at a terminal."""
    coloured = colour and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    print(f"{colour}{text}{PLAIN}" if coloured else text, flush=True)


def passed(what: str, seconds: float) -> None:
    """Say that a step is done."""
    line(f"✓ {what}  {seconds:.1f} s", GREEN)


def failed(what: str, seconds: float) -> None:
    """Say that a step did not work."""
    line(f"✗ {what}  {seconds:.1f} s", RED)


def run_step(
    what: str, command: Sequence[str], *, env: Mapping[str, str] | None = None, at_most_s: float = STEP_AT_MOST_S
) -> None:
    """Run a long command under one progress line; show what it printed only if it fails or has to be ended."""
    line(f"… {what}", FAINT)
    began = time.monotonic()
    with tempfile.TemporaryFile(mode="w+", encoding="utf-8", errors="replace") as output:
        status = _wait(what, command, env, output, at_most_s)
        seconds = time.monotonic() - began
        if status == 0:
            passed(what, seconds)
            return
        output.seek(0)
        line(output.read().rstrip())
    failed(what, seconds)
    raise StepFailed(f"{what} did not work (exit status {status}).")


def _wait(what: str, command: Sequence[str], env: Mapping[str, str] | None, output: IO[str], at_most_s: float) -> int:
    began = time.monotonic()
    with subprocess.Popen(command, env=env, stdout=output, stderr=subprocess.STDOUT) as process:
        try:
            while (took_s := time.monotonic() - began) < at_most_s:
                with suppress(subprocess.TimeoutExpired):
                    return process.wait(timeout=min(QUIET_FOR_S, at_most_s - took_s))
                line(f"… {what}, {time.monotonic() - began:.0f} s so far", FAINT)
        finally:
            process.kill()
        return process.wait(QUIET_FOR_S)
