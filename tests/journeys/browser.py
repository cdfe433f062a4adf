"""A browser of our own: Debian's Chromium through Playwright, in which the app is looked at and driven.

Flutter draws on a canvas: words and buttons are found through its semantics, which run ahead of what is drawn.
So tests ask the semantics, and pictures wait until two in a row are alike.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from demo.processes import end, next_line

LAUNCHED_WITH = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
)
PATIENCE_MS = 60_000
BETWEEN_PICTURES_MS, ALIKE_WHEN_SETTLED, PICTURES_AT_MOST = 250, 3, 40


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser. Where there is none a test is skipped, on CI it fails."""
    program = shutil.which("chromium")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, headless=True, args=list(LAUNCHED_WITH))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Tab:
    """One page of the app, as somebody with an empty cache sees it."""

    page: Page
    address: str
    finished: list[str]  # addresses outside the app that were reached
    missing: list[str]  # files of the app that were asked for and are not there

    @classmethod
    def opened(
        cls,
        browser: Browser,
        address: str,
        *,
        width: int = 390,
        height: int = 844,
        dark: bool = False,
        path: str = "",
        script: str = "",
    ) -> Self:
        """Go to the app; a phone has two pixels to the point and a finger. `script` runs before anything else does."""
        is_phone = width < 600
        context = browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=2 if is_phone else 1,
            has_touch=is_phone,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(script)
        tab = cls(context.new_page(), address, [], [])
        tab.page.on("requestfinished", tab._note)
        tab.page.goto(f"{address}/{path}")
        return tab

    def close(self) -> None:
        """Leave, and forget everything the browser kept."""
        self.page.context.close()

    def drawn(self) -> Self:
        """Itself, once the app's first screen is drawn."""
        self.page.wait_for_selector("#splash", state="detached")
        return self

    def read_aloud(self) -> Self:
        """Switch the semantics on, as a screen reader does."""
        switch = self.page.locator("flt-semantics-placeholder")
        switch.wait_for(state="attached")
        switch.evaluate("element => element.click()")
        return self

    def picture(self, to: Path | None = None) -> bytes:
        """What is drawn once nothing has moved for a while."""
        alike, before = 0, b""
        for _ in range(PICTURES_AT_MOST):
            self.page.wait_for_timeout(BETWEEN_PICTURES_MS)
            now = self.page.screenshot()
            alike, before = (alike + 1 if now == before else 0), now
            if alike == ALIKE_WHEN_SETTLED:
                break
        if to is not None:
            to.write_bytes(before)
        return before

    def _note(self, request: Request) -> None:
        is_ours = request.url.startswith((self.address, "data:", "blob:"))
        answer = request.response() if is_ours and request.url.startswith(self.address) else None
        if not is_ours:
            self.finished.append(request.url)
        elif answer is not None and answer.status >= 400:
            self.missing.append(request.url)


@contextmanager
def serving(module: str, *arguments: str) -> Iterator[str]:
    """Run a program of ours that serves on the port it is given; gives its address, and ends it afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    command = [sys.executable, "-m", module, *arguments, "--port", str(port)]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield next_line(program).strip()
    finally:
        end(program)
