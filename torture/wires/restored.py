"""The server program is set back to an older backup; everything still on any device comes back."""

import contextlib
import io
from pathlib import Path

from sync_server.__main__ import main as operator
from torture.tally import Tally
from torture.wires.scene import Scene, a_scene, all_even

PEOPLE = 3


def restored(folder: Path, times: int) -> Tally:
    """Back up, go on working, restore by the operator's own commands, meet again."""
    tally = Tally("an older backup restored")
    with a_scene(folder, PEOPLE) as scene:
        devices = [scene.device() for _ in range(PEOPLE)]
        for device in devices:
            device.keeps(20)
        all_even(devices)
        backup = back_up(scene)
        for _ in range(times):
            for device in devices:
                device.keeps(30)
            all_even(devices)
            devices[0].keeps(5)
            restore(scene, backup)
            all_even([*devices, *devices])
            tally.ended("restored")
            if any(device.holds() != {id for one in devices for id in one.made} for device in devices):
                tally.lost("the devices do not hold everything")
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


def back_up(scene: Scene) -> Path:
    """The central store as it is, by the operator's own command."""
    path = scene.folder / "older.backup"
    operates("backup", scene, path)
    return path


def restore(scene: Scene, backup: Path) -> None:
    """The central store as it was, in a new epoch; the server serves it."""
    scene.stops()
    operates("restore", scene, backup)
    scene.serves()


def operates(word: str, scene: Scene, *files: Path) -> None:
    """One of the operator's commands; RuntimeError where it fails."""
    with contextlib.redirect_stdout(io.StringIO()):
        status = operator([word, "--home", str(scene.settings.home), *map(str, files)], {})
    if status:
        raise RuntimeError(f"{word} ended with {status}")
