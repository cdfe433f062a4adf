"""A folder of installed packages, made from one lock; made again when the lock changes.

A stamp is written last. No stamp means that an install was killed halfway, and half an
install may look whole to pip, so such a folder is thrown away and made anew.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devtools.pip_at_hand import bring_pip, has_pip
from devtools.pythons import Interpreter, ask
from devtools.say import line, run_step
from devtools.stamps import InstallStamp

ROOT = Path(__file__).resolve().parent.parent
STAMP = ".installed"
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")


@dataclass(frozen=True, slots=True)
class Environment:
    """Where it is, and what is in it."""

    folder: Path
    lock: Path

    @property
    def python(self) -> str:
        """The interpreter inside."""
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        return str(self.folder.joinpath(*inside))


MAIN = Environment(ROOT / ".venv", ROOT / "constraints.txt")
FLOOR = Environment(ROOT / ".venv-floor", ROOT / "constraints-floor.txt")


def ensure(environment: Environment, outer: Interpreter, *, may_install: bool) -> None:
    """Have the environment as its lock says; at once if it is."""
    wanted = InstallStamp.of(outer.version, ROOT, environment.lock)
    stamp = environment.folder / STAMP
    still_runs = ask([environment.python]) is not None
    need = wanted.needs(InstallStamp.read(stamp) if still_runs else None)
    if need == "nothing":
        return
    stamp.unlink(missing_ok=True)
    if need == "anew":
        make_empty(environment.folder, outer, may_install=may_install)
    install(environment, outer)
    wanted.write(stamp)


def make_empty(folder: Path, outer: Interpreter, *, may_install: bool) -> None:
    """Make an empty environment, in a second way where ensurepip is missing."""
    what = f"making {folder.name} with Python {outer.version}"
    line(f"… {what}")
    if _makes(folder, outer):
        return
    if not has_pip(outer):
        bring_pip(may_install=may_install)
        if _makes(folder, outer):
            return
    _clear(folder)
    run_step(f"{what}, without ensurepip", [outer.path, "-m", "venv", "--without-pip", str(folder)])


def install(environment: Environment, outer: Interpreter) -> None:
    """Install exactly what the lock names, then one line that puts the checkout on the path."""
    pip = pip_into(environment.python, outer)
    locked = ["install", "--require-hashes", "-r", str(environment.lock)]
    what = f"installing {environment.lock.name} into {environment.folder.name}"
    run_step(f"{what} (a minute or two the first time)", [*pip, *locked], env=_clean_env())
    # An editable install and --require-hashes exclude each other; a `.pth` line needs no pip.
    (_site_packages(environment) / "checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def pip_into(python: str, outer: Interpreter) -> list[str]:
    """Give the pip that installs for this Python: its own, or the outer one pointed at it."""
    if has_pip(Interpreter(python, outer.version)):
        return [python, *PIP]
    return [outer.path, *PIP, "--python", python]


def _makes(folder: Path, outer: Interpreter) -> bool:
    _clear(folder)
    made = subprocess.run([outer.path, "-m", "venv", str(folder)], capture_output=True, check=False)
    return made.returncode == 0


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _site_packages(environment: Environment) -> Path:
    command = [environment.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def _clean_env() -> dict[str, str]:
    """Give the surroundings without what would make pip install or read somewhere else."""
    elsewhere = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"}
    return {name: value for name, value in os.environ.items() if name not in elsewhere}
