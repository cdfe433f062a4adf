"""Does a check that hangs end, and what it left running with it?"""

import os
import sys
import time

from devtools.limited import OVER_TIME, run_limited

HANGS = "import time; time.sleep(600)"
LEAVES = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {HANGS!r}]).pid, flush=True)"


def test_a_program_that_ends_gives_its_status(tmp_path):
    assert run_limited([sys.executable, "-c", "raise SystemExit(3)"], 60, cwd=tmp_path, env=dict(os.environ)) == 3


def test_a_program_that_hangs_is_ended_and_told(tmp_path, capsys):
    assert run_limited([sys.executable, "-c", HANGS], 0.2, cwd=tmp_path, env=dict(os.environ)) == OVER_TIME
    assert "still running" in capsys.readouterr().out


def test_what_a_program_leaves_running_ends_with_it(tmp_path, capfd):
    assert run_limited([sys.executable, "-c", LEAVES], 60, cwd=tmp_path, env=dict(os.environ)) == 0
    left = int(capfd.readouterr().out)
    assert any(is_gone(left) for _ in range(1_000))


def is_gone(process):
    """Looked at again and again: whoever inherits a process takes a moment to bury it."""
    time.sleep(0.01)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False
