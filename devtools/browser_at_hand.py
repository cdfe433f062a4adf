"""The browser that the journeys of the tests are made in: Debian's Chromium, driven by Playwright."""

import shutil

from devtools.debian import apt_line, install
from devtools.say import line

PACKAGES = ("chromium",)


def bring_browser(*, may_install: bool) -> None:
    """Have a browser where that is allowed; else say what will be skipped, and the one line that mends it."""
    if shutil.which("chromium") or install(PACKAGES, may_install=may_install):
        return
    line(f"There is no Chromium here: tests in a browser are skipped (on CI they fail). Run\n  {apt_line(PACKAGES)}")
