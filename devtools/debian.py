"""What only the system can bring: installed where nobody is asked (CI) or where a person asked (`--install`)."""

import os
import shutil
from collections.abc import Sequence

from devtools.say import run_step


def apt_line(packages: Sequence[str]) -> str:
    """The one line a person can give to have these packages."""
    return f"apt-get install {' '.join(packages)}"


def install(packages: Sequence[str], *, may_install: bool) -> bool:
    """Install Debian packages where that is allowed and possible; tell whether it was done."""
    if not (may_install and shutil.which("apt-get")):
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    run_step("reading Debian's package lists", ["apt-get", "update"], env=env)
    run_step(f"installing {' and '.join(packages)}", command, env=env)
    return True
