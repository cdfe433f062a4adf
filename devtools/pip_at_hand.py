"""What to do on a machine without ensurepip or pip.

Debian splits both off: `venv` may be there and unable to bring pip.
"""

import subprocess

from devtools.debian import apt_line, install
from devtools.pythons import Interpreter
from devtools.say import StepFailed, line

PACKAGES = ("python3-venv", "python3-pip")


def has_pip(outer: Interpreter) -> bool:
    """Tell whether this Python brings a pip of its own."""
    answer = subprocess.run([outer.path, "-m", "pip", "--version"], capture_output=True, check=False)
    return answer.returncode == 0


def bring_pip(*, may_install: bool) -> None:
    """Install Debian's packages where that is allowed, else print the one line that does."""
    if not install(PACKAGES, may_install=may_install):
        line(f"This Python can make no environment: it has neither ensurepip nor pip. Run\n  {apt_line(PACKAGES)}")
        raise StepFailed("Then give this command again (or give it once with --install).")
