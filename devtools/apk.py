"""An Android package of the phone's source, on a machine that has Flet's builder and the two SDKs.

Flet's own script would fetch its builder without asking; here nothing is fetched that was not allowed.
"""

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools.environment import MAIN, ROOT
from devtools.say import StepFailed, line

PHONE_PYTHON = "3.12"  # the one that the documented phone wheels are for
APK_FOLDER = ROOT / "build" / "apk"
USUAL_ANDROID = ("Android/Sdk", "Android/sdk", "Library/Android/sdk", "AppData/Local/Android/Sdk")
ASK = """\
from importlib.util import find_spec
from flet import version
print(version.flet_version, version.flutter_version, find_spec("flet_cli") is not None)
"""


@dataclass(frozen=True, slots=True)
class Flet:
    """The Flet that is installed, the Flutter it wants, and whether its builder is there."""

    version: str
    flutter: str
    has_builder: bool


def installed_flet() -> Flet:
    """What the main environment has."""
    told = subprocess.run([MAIN.python, "-c", ASK], capture_output=True, text=True, check=True).stdout.split()
    return Flet(told[0], told[1], told[2] == "True")


def lacking(flet: Flet, home: Path, environ: Mapping[str, str]) -> list[str]:
    """What is missing for a build, each with the way to it."""
    missing = []
    if not flet.has_builder:
        missing.append(f"Flet's builder: {MAIN.python} -m pip install flet-cli=={flet.version}")
    if not _has_flutter(flet, home, environ):
        missing.append(f"Flutter {flet.flutter}: its bin folder on PATH, or all of it as ~/flutter/{flet.flutter}")
    if not _has_android(home, environ):
        missing.append("the Android SDK: ANDROID_HOME names its folder")
    return missing


def build_apk(source: Path, missing: list[str], *, may_install: bool) -> int:
    """Let Flet build, and give its exit status; StepFailed where something is missing."""
    if missing:
        line("No APK can be built here. Missing:\n" + "\n".join(f"  {each}" for each in missing))
        raise StepFailed(f"{source.relative_to(ROOT)} is ready: it can be built wherever these are.")
    return subprocess.run(build_command(source, may_install=may_install), cwd=source, check=False).returncode


def build_command(source: Path, *, may_install: bool) -> list[str]:
    """How Flet is called; with `--yes` it also brings what its SDKs lack, such as a JDK."""
    build = [MAIN.python, "-m", "flet.cli", "build", "apk", str(source), "--python-version", PHONE_PYTHON]
    return [*build, "--output", str(APK_FOLDER), *(["--yes"] if may_install else [])]


def _has_flutter(flet: Flet, home: Path, environ: Mapping[str, str]) -> bool:
    on_path = shutil.which("flutter", path=environ.get("PATH", ""))
    return on_path is not None or (home / "flutter" / flet.flutter / "bin").is_dir()


def _has_android(home: Path, environ: Mapping[str, str]) -> bool:
    named = [Path(environ[name]) for name in ("ANDROID_HOME", "ANDROID_SDK_ROOT") if environ.get(name)]
    return any(folder.is_dir() for folder in [*named, *(home / usual for usual in USUAL_ANDROID)])
