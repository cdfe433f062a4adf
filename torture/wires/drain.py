"""A long queue goes through a wire that is cut again and again: how long, how much memory, how much twice."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.sync.processes import with_our_code
from demo.processes import hear_out, next_line
from torture.tally import Tally
from torture.wires.device import Device
from torture.wires.relay import Fate, Relay
from torture.wires.scene import Scene, a_scene
from visit_core.protocol import MAX_CHANGES

WITHIN_S, WITHIN_MB = 120, 150
WAITED_FOR_S = 20 * 60  # a slow drain is told, not cut short
CUTS = 3

Told = dict[str, Any]


def drain(folder: Path, changes: int) -> Tally:
    """Keep, push with cuts in between, count; the limits of time and memory are said, the promise is counted."""
    tally = Tally(f"{changes:,} changes drained")
    with a_scene(folder, 1) as scene:
        with _alone(scene, changes) as device:
            kept_s, kept_mb = device.took_s, device.told["most_mb"]
            began = time.monotonic()
            broken = _through_cuts(scene, device, tally)
            took_s = time.monotonic() - began
        tally.ended("drained" if not device.told["waiting"] else "left standing")
        tally.counted("times broken off", broken)
        tally.counted("s to begin and keep them", round(kept_s))
        tally.counted(f"s to drain, of {WITHIN_S}", round(took_s))
        tally.counted(f"MB at most, of {WITHIN_MB}", round(device.told["most_mb"]))
        tally.counted("of these before the first sync", round(kept_mb))
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


class _Alone:
    """A device in a process of its own, and what it told last."""

    def __init__(self, process: "subprocess.Popen[str]", seat: str) -> None:
        began = time.monotonic()
        self._process, self.seat = process, seat
        self.told: Told = self._hears()
        self.took_s = time.monotonic() - began

    def tries(self, address: str) -> bool:
        assert self._process.stdin
        self._process.stdin.write(f"{address}\n")
        self._process.stdin.flush()
        self.told = self._hears()
        return bool(self.told["is_through"])

    def _hears(self) -> Told:
        told: Told = json.loads(next_line(self._process, WAITED_FOR_S))
        return told


@contextmanager
def _alone(scene: Scene, changes: int) -> Iterator[_Alone]:
    """The next person's device; in the end it is one of the scene's, to be judged like the others."""
    owner, folder = scene.owner(), scene.folder / f"device-{len(scene.devices)}"
    command = [sys.executable, "-m", "torture.wires.alone", str(folder), str(changes)]
    with (scene.folder / "device.log").open("wb") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=with_our_code()
        )
    try:
        assert process.stdin
        process.stdin.write(f"{owner.model_dump_json()}\n")
        process.stdin.flush()
        yield _Alone(process, owner.me.device)
    finally:
        hear_out(process)
    device = Device(folder)
    device.made = json.loads((folder / "made.json").read_text("utf-8"))
    scene.devices.append(device)


def _through_cuts(scene: Scene, device: _Alone, tally: Tally) -> int:
    """Break off two thirds into an answer's reach, see that no more than one request is sent again."""
    broken = 0
    while device.told["waiting"]:
        is_cut = broken < CUTS
        with Relay(scene.port, lambda cut=is_cut: Fate(down_to=20_000) if cut else Fate()) as relay:  # type: ignore[misc]
            is_through = device.tries(relay.address)
        if is_through:
            continue
        broken += 1
        again = _taken(scene, device.seat) - device.told["named"]
        if again > MAX_CHANGES:
            tally.lost(f"{again} changes would be sent again")
    return broken


def _taken(scene: Scene, device: str) -> int:
    with scene.opened() as store:
        (team,) = store.teams()
        return store.read(team.id, lambda reading: reading.mark(device).last_n)
