"""A long queue goes through a wire that is cut again and again: how long, how much memory, how much twice."""

import resource
import sys
import time
from pathlib import Path

from torture.tally import Tally
from torture.wires.relay import Fate, Relay
from torture.wires.scene import Device, Scene, a_scene, tries
from visit_core.protocol import MAX_CHANGES

WITHIN_S, WITHIN_MB = 120, 150
CUT_EVERY = 10  # connections; a sync holds one


def drain(folder: Path, changes: int) -> Tally:
    """Keep, push with cuts in between, count; the limits of time and memory are said, the promise is counted."""
    tally = Tally(f"{changes:,} changes drained")
    with a_scene(folder, 1) as scene:
        device = scene.device()
        began = time.monotonic()
        device.keeps(changes)
        kept_s, before_mb = time.monotonic() - began, _megabytes()
        began = time.monotonic()
        broken = _through_cuts(scene, device, tally)
        took_s = time.monotonic() - began
        tally.ended("drained" if not device.store.waiting() else "left standing")
        tally.counted("times broken off", broken)
        tally.counted("s to keep them", round(kept_s))
        tally.counted("s to drain", round(took_s))
        tally.counted("MB at most", round(_megabytes()))
        tally.counted("of these before the first sync", round(before_mb))
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


def _through_cuts(scene: Scene, device: Device, tally: Tally) -> int:
    """Break off two thirds into an answer's reach, see that no more than one request is sent again."""
    broken = 0
    while device.store.waiting():
        is_cut = broken < 3
        with Relay(scene.port, lambda cut=is_cut: Fate(down_to=20_000) if cut else Fate()) as relay:  # type: ignore[misc]
            is_through = tries(device, relay.address)
        if is_through:
            continue
        broken += 1
        again = _taken(scene, device) - _named(device)
        if again > MAX_CHANGES:
            tally.lost(f"{again} changes would be sent again")
    return broken


def _taken(scene: Scene, device: Device) -> int:
    with scene.opened() as store:
        (team,) = store.teams()
        return store.read(team.id, lambda reading: reading.mark(device.me.device).last_n)


def _named(device: Device) -> int:
    return device.store.progress().next_n - 1 - sum(entry.n is not None for entry in device.store.waiting())


def _megabytes() -> float:
    """The most this process ever held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20) if sys.platform == "darwin" else most / 1024
