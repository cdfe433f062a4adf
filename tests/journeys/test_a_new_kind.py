"""What does a record kind cost? One file and its line in the register, and all that people do with kinds is there."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOY = Path(__file__).with_name("toy_kind.py")
REGISTER = "visit_core/kinds/__init__.py"
LAST = "    SatisfactionRating,\n"


def with_the_toy(folder):
    """The core with one file and one line more: its import, and its place in the order."""
    shutil.copytree(ROOT / "visit_core", folder / "visit_core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOY, folder / "visit_core" / "kinds" / "pet.py")
    register = (folder / REGISTER).read_text("utf-8")
    assert register.count(LAST) == 1
    imported = "from visit_core.kinds.pet import Pet\n\nKINDS:"
    (folder / REGISTER).write_text(register.replace(LAST, f"{LAST}    Pet,\n").replace("\nKINDS:", imported), "utf-8")


def test_a_new_kind_is_filled_in_listed_told_exchanged_and_synced_by_its_file_and_line_alone(tmp_path):
    with_the_toy(tmp_path)
    words = [sys.executable, "-m", "tests.journeys.toy_at_work", str(tmp_path / "street")]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    ran = subprocess.run(words, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "elsewhere": ["小花", "旺财", "来福"],
        "by file": 2,
        "timeline": ["小花", "旺财", "来福"],
        "own fields": True,
        "on the sheet": True,
        "tables": True,
        "at the server": True,
        "waiting": [0, 0],
    }
