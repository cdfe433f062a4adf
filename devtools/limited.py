"""A long program that ends: when its time is over, and with all that it started."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from devtools.say import line

OVER_TIME = 124  # the exit status that timeout(1) gives


def run_limited(command: Sequence[str], limit_s: float, *, cwd: Path, env: dict[str, str]) -> int:
    """Run it, shown as it comes; give its exit status, or 124 when it had to be ended after `limit_s` seconds.

    What it started and left behind ends with it, so that nobody waits for a pipe that a forgotten process holds.
    """
    with subprocess.Popen(command, cwd=cwd, env=env, start_new_session=True) as process:
        try:
            return process.wait(limit_s)
        except subprocess.TimeoutExpired:
            line(f"ended after {limit_s:.0f} s: it was still running")
            return OVER_TIME
        finally:
            _end_all(process)


def _end_all(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "nt":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
