"""SIGKILL at every single call to the system that one save makes, by strace.

One run is watched and tells the calls between `> n` and `< n`; then, on a copy of the same store, the same run is
killed as it enters the first of them, the second, and so on. strace counts calls by their name, so that a call is
known again as, say, the 41st `write`.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from torture.store.scenes import Scene, scenes
from torture.store.vaults import fresh_copy, reopen
from torture.store.writer import Told
from torture.tally import Tally
from visit_core.errors import StoreError

WATCHED = "%file,%desc,fsync,fdatasync,sync_file_range"
CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)")
WRITES_WITHIN_S = 120
TRIES = 3  # a run whose calls before the save were counted differently is repeated


@dataclass(frozen=True, slots=True)
class Call:
    """A call within the save: its name, and the how-manieth of that name it is since the program began."""

    name: str
    ordinal: int


def syscalls(folder: Path, seed: int) -> Tally:
    """Kill at each call of each kind of act."""
    tally = Tally("SIGKILL at every system call of one save")
    tally.could_not = _why_not(folder)
    if tally.could_not:
        return tally
    for scene in scenes(folder, seed):
        calls = list(_watched(scene, folder / "tried", folder / "calls"))
        tally.counted(f"calls of {scene.name}", len(calls))
        for call in calls:
            _killed_at(scene, call, folder / "tried", tally)
    return tally


def _why_not(folder: Path) -> str:
    if not shutil.which("strace"):
        return "there is no strace (Debian's package of that name)"
    words = ["strace", "-o", str(folder / "none"), "true"]
    tried = subprocess.run(words, capture_output=True, check=False, timeout=WRITES_WITHIN_S)
    return "" if tried.returncode == 0 else "strace may not watch a process here"


def _watched(scene: Scene, copy: Path, log: Path) -> Iterator[Call]:
    fresh_copy(scene.folder, copy)
    _run(scene, copy, ["-o", str(log), "-e", f"trace={WATCHED}"])
    seen: Counter[str] = Counter()
    is_within = False
    for line in log.read_text("utf-8", "replace").splitlines():
        call = CALL.match(line)
        if not call or "resumed>" in line:
            continue
        name, words = call[1], call[2]
        seen[name] += 1
        if name == "write" and words.startswith(f'1, "< {scene.n}'):
            return
        if is_within:
            yield Call(name, seen[name])
        is_within = is_within or (name == "write" and words.startswith(f'1, "> {scene.n}'))


def _killed_at(scene: Scene, call: Call, copy: Path, tally: Tally) -> None:
    what = f"{scene.name} at {call.name} {call.ordinal}, seed {scene.seed}"
    for _ in range(TRIES):
        fresh_copy(scene.folder, copy)
        inject = ["-o", "/dev/null", "-e", f"inject={call.name}:signal=KILL:when={call.ordinal}"]
        said = _run(scene, copy, ["-e", f"trace={call.name}", *inject])
        if (said.begun, said.acknowledged) == (scene.n, -1):
            return _look(scene, copy, what, tally)
    tally.counted("calls that were not met again")
    return None


def _look(scene: Scene, copy: Path, what: str, tally: Tally) -> None:
    try:
        db = reopen(copy)
        how = scene.book().judge(db, scene.n)
        db.close()
    except StoreError as refusal:
        how = f"LOST: not to be opened: {refusal}"
    if how.startswith("LOST"):
        tally.lost(f"{how}: {what}")
    else:
        tally.ended(how)


def _run(scene: Scene, copy: Path, options: list[str]) -> Told:
    writer = [sys.executable, "-B", "-m", "torture.store.writer", str(copy), str(scene.seed), str(scene.n), "1"]
    env = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "PATH": "/usr/bin:/bin"}
    ran = subprocess.run(
        ["strace", "-f", "-qq", *options, *writer],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        timeout=WRITES_WITHIN_S,
    )
    told = Told()
    for line in ran.stdout.splitlines():
        told.hear(line)
    return told
