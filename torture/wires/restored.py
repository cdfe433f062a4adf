"""The server program is set back to an older backup, or to a copy of its file; what devices still have comes back."""

import contextlib
import io
from pathlib import Path

from sync_server.__main__ import main as operator
from torture.tally import Tally
from torture.wires.device import Device
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


def copied_back(folder: Path, times: int) -> Tally:
    """A copy of the store's own file takes its place by hand, with nobody told; then an epoch beside the server."""
    tally = Tally("a copy of the file put back by hand")
    with a_scene(folder, PEOPLE) as scene:
        devices = [scene.device() for _ in range(PEOPLE)]
        for _ in range(times):
            _everybody_keeps(devices, 5)
            scene.stops()
            copy = {path: path.read_bytes() for path in _of_the_store(scene)}
            scene.serves()
            _everybody_keeps(devices, 7)
            scene.stops()
            for path in _of_the_store(scene):
                path.unlink()
            for path, content in copy.items():
                path.write_bytes(content)
            scene.serves()
            gone = {id for device in devices for id in device.acknowledged()} - scene.kept()
            tally.counted("acknowledged and not in the copy", len(gone))
            all_even([*devices, *devices])
            operates("new-epoch", scene)
            _everybody_keeps(devices, 3)
            tally.ended("put back")
            if any(device.holds() != {id for one in devices for id in one.made} for device in devices):
                tally.lost("the devices do not hold everything")
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


def _of_the_store(scene: Scene) -> list[Path]:
    return list(scene.settings.home.glob("central.db*"))


def _everybody_keeps(devices: list[Device], count: int) -> None:
    for device in devices:
        device.keeps(count)
    all_even([*devices, *devices])


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
