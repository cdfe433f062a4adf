"""The app on a phone: one home, in the folder that the system keeps for this app alone.

The device secret lies in a folder beside the home, as a file: the system's keystore is not used yet, so whoever
copies the app's whole folder has both.
"""

import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import flet as ft

from field_app.app import App
from field_app.clock import SystemClock
from field_app.device import Device
from field_app.lasting import keep_all_so_far
from field_app.settings import APP_FOLDER, Settings

GIVEN_BY_FLET = "FLET_APP_STORAGE_DATA"  # durable, and this app's alone


def main(page: ft.Page) -> None:
    """Show the app; the system may ask for a window again while the process lives."""
    App(this_phone(), page).show()


def phone_settings(environ: Mapping[str, str]) -> Settings:
    """Home and secrets side by side, neither inside the other."""
    folder = Path(environ.get(GIVEN_BY_FLET) or _data_folder(environ))
    return Settings(home=folder / "home", secrets=folder / "secrets")


@cache
def this_phone() -> Device:
    """The one device of this process."""
    keep_all_so_far()
    return Device(phone_settings(os.environ), SystemClock())


def _data_folder(environ: Mapping[str, str]) -> Path:
    """Where this platform keeps a person's programs' data, for a start without Flet's packaging."""
    own = Path(environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or own / "AppData" / "Local") / APP_FOLDER
    if sys.platform == "darwin":
        return own / "Library" / "Application Support" / APP_FOLDER
    return Path(environ.get("XDG_DATA_HOME") or own / ".local" / "share") / APP_FOLDER
