"""A backup put where it belongs, be it a file or a folder: whole or not at all, and once more in a second folder."""

import os
import shutil
from pathlib import Path

from sync_server.care.photographs import PHOTOS, copy_file, copy_photos

TEXT = "records"
"""The file of a folder's text."""


def copy_backup(path: Path, folder: Path) -> None:
    """The same backup in a second folder, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{path.name}.part"
    take_away(part)
    try:
        if path.is_dir():
            part.mkdir(mode=0o700)
            copy_photos(path / PHOTOS, part / PHOTOS, photos_beside(part))
            copy_file(path / TEXT, part / TEXT)
            settle(part)
        else:
            copy_file(path, part)
        put(part, folder / path.name)
    finally:
        take_away(part)
    sync_folder(folder)


def put(part: Path, path: Path) -> None:
    """Give it its name, in one step where both are files; a folder's place must be free, so what is there makes way."""
    if path.is_dir() or (part.is_dir() and path.exists()):
        aside = path.with_name(path.name + ".was.part")
        take_away(aside)
        path.replace(aside)
        part.replace(path)
        take_away(aside)
    else:
        part.replace(path)


def photos_beside(part: Path) -> list[Path]:
    """Those of the backups in the same folder, the latest first."""
    return sorted((folder for folder in part.parent.glob(f"*/{PHOTOS}") if folder.parent != part), reverse=True)


def settle(part: Path) -> None:
    """Make every name in it durable."""
    sync_folder(part / PHOTOS)
    sync_folder(part)


def take_away(part: Path) -> None:
    """What was not finished, be it a file or a folder."""
    if part.is_dir():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make its names durable, where the system can."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
