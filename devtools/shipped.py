"""Which files of the checkout go to the phone, told the way `flet build` tells it."""

import subprocess
import tomllib
from pathlib import Path, PurePosixPath

from devtools.say import StepFailed

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def files_of_the_tree() -> list[str]:
    """Every file that is tracked, or would be after `git add`."""
    git = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(git, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    except (OSError, subprocess.CalledProcessError) as failure:
        raise StepFailed("Which files belong to the tree is asked of git, and git does not answer here.") from failure
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


def would_ship(names: list[str]) -> list[str]:
    """What flet-cli 1.0.5 packages: all but `build`, hidden names at the top and the exact paths excluded."""
    left_out = {"build", *PROJECT["tool"]["flet"]["app"]["exclude"]}

    def ships(path: PurePosixPath) -> bool:
        itself_and_above = [path, *path.parents][:-1]
        return not path.parts[0].startswith(".") and not left_out & {str(each) for each in itself_and_above}

    return [name for name in names if ships(PurePosixPath(name))]
