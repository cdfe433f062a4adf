"""The apps of the story's people, each a process of its own, in the browser of whoever watches."""

import json
import os
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from demo.processes import ROOT, Device, end, next_line


@dataclass(frozen=True, slots=True)
class OpenApp:
    """One person's app: where it is, and whose PIN opens it."""

    device: Device
    address: str
    process: subprocess.Popen[str]

    @property
    def pin(self) -> str:
        """What to type."""
        return self.device.env["FIELD_APP_PIN"]


@contextmanager
def open_apps(devices: tuple[Device, ...], log: Path) -> Iterator[list[OpenApp]]:
    """Serve each device's app on loopback; they end when the story does."""
    apps: list[OpenApp] = []
    try:
        for device in devices:
            apps.append(_served(device, log))
        yield apps
    finally:
        for app in apps:
            app.process.terminate()
        for app in apps:
            end(app.process)


def show_in_browser(apps: list[OpenApp]) -> bool:
    """Open each app where there is a screen to open it on."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    opened = [webbrowser.open(app.address) for app in apps]
    return all(opened)


def _served(device: Device, log: Path) -> OpenApp:
    words = [sys.executable, "-m", "field_app", "--home", str(device.home)]
    with log.open("a") as errors:
        process = subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, **device.env}, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    return OpenApp(device, str(json.loads(next_line(process))["address"]), process)
