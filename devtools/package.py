"""What is handed to a phone: its source, and an Android package of it."""

import os
from collections.abc import Sequence
from pathlib import Path

from devtools.apk import build_apk, installed_flet, lacking
from devtools.environment import MAIN, ROOT, ensure
from devtools.phone_source import check_source, weigh, write_source
from devtools.pythons import this_one
from devtools.say import line

SOURCE = ROOT / "build" / "phone-source"


def package(more: Sequence[str], *, may_install: bool) -> int:
    """Make what the first word names; 2 for any other word."""
    if list(more) not in (["phone"], ["apk"]):
        line("python3 dev.py package phone|apk")
        return 2
    ensure(MAIN, this_one(), may_install=may_install)
    _phone()
    if more[0] == "phone":
        return 0
    return build_apk(SOURCE, lacking(installed_flet(), Path.home(), os.environ), may_install=may_install)


def _phone() -> None:
    write_source(SOURCE)
    check_source(SOURCE)
    files, size = weigh(SOURCE)
    line(f"✓ {SOURCE.relative_to(ROOT)}: {files} files, {size / 1e6:.1f} MB; it runs with a phone's packages alone.")
