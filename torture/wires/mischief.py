"""Connections dropped, delayed, doubled, cut by lot, and requests that arrive after a later one."""

import random
from pathlib import Path

from torture.tally import Tally
from torture.wires.device import tries
from torture.wires.relay import Fate, Relay
from torture.wires.scene import a_scene, all_even

PEOPLE = 3
LONGEST_WAIT_S = 0.05


def mischief(folder: Path, acts: int, seed: int) -> Tally:
    """Three devices push and pull through a wire of which nothing can be expected."""
    tally, dice = Tally("a wire that drops, delays, doubles, reorders"), random.Random(seed)
    with a_scene(folder, PEOPLE) as scene, Relay(scene.port, lambda: _fate(dice)) as relay:
        devices = [scene.device() for _ in range(PEOPLE)]
        for _ in range(acts):
            device = dice.choice(devices)
            device.keeps(dice.randrange(1, 4))
            tally.ended("went through" if tries(device, relay.address) else "failed")
            if dice.random() < 0.3:
                relay.delivers_late()
        relay.delivers_late()
        all_even(devices)
        if any(device.holds() != scene.kept() for device in devices):
            tally.lost("the devices do not hold the same")
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


def _fate(dice: random.Random) -> Fate:
    match dice.randrange(7):
        case 0:
            return Fate(up_to=0)
        case 1:
            return Fate(up_to=dice.randrange(1, 2_000))
        case 2:
            return Fate(down_to=dice.randrange(0, 3_000))
        case 3:
            return Fate(is_doubled=True)
        case 4:
            return Fate(is_late=True)
        case 5:
            return Fate(waits_s=dice.random() * LONGEST_WAIT_S)
    return Fate()
