"""What to do on a machine without ensurepip or pip.

Debian splits both off: `venv` may be there and unable to bring pip. Its packages are
installed only where nobody is asked (CI) or where the person asked for it (`--install`).
"""

import os
import shutil
import subprocess

from devtools.pythons import Interpreter
from devtools.say import StepFailed, line, run_step

PACKAGES = ("python3-venv", "python3-pip")
APT_LINE = f"apt-get install {' '.join(PACKAGES)}"


def has_pip(outer: Interpreter) -> bool:
    """Tell whether this Python brings a pip of its own."""
    answer = subprocess.run([outer.path, "-m", "pip", "--version"], capture_output=True, check=False)
    return answer.returncode == 0


def bring_pip(*, may_install: bool) -> None:
    """Install Debian's packages where that is allowed, else print the one line that does."""
    if not (may_install and shutil.which("apt-get")):
        line(f"This Python can make no environment: it has neither ensurepip nor pip. Run\n  {APT_LINE}")
        raise StepFailed("Then give this command again (or give it once with --install).")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_step("reading Debian's package lists", ["apt-get", "update"], env=env)
    run_step(f"installing {' and '.join(PACKAGES)}", ["apt-get", "install", "-y", *PACKAGES], env=env)
