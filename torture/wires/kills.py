"""SIGKILL of the real server while devices push; whatever it acknowledged must be there."""

import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from torture.tally import Tally
from torture.wires.device import Device, tries
from torture.wires.scene import Scene, a_scene, all_even

PEOPLE = 4
LONGEST_S = 0.6  # after somebody was acknowledged something
HEARD_WITHIN_S = 30


def kills(folder: Path, count: int, seed: int) -> Tally:
    """Kill, look at what was promised, start again."""
    tally, dice = Tally("SIGKILL of the server while devices push"), random.Random(seed)
    with a_scene(folder, PEOPLE) as scene:
        devices, promised = [scene.device() for _ in range(PEOPLE)], set[str]()
        for _ in range(count):
            _until_killed(scene, devices, dice.random() * LONGEST_S, tally)
            promised = {id for device in devices for id in device.acknowledged()}
            missing = promised - scene.kept()
            tally.ended("killed")
            if missing:
                tally.lost(f"{len(missing)} of {len(promised)} acknowledged are gone")
            scene.serves()
        tally.counted("changes acknowledged before a kill", len(promised))
        all_even(devices)
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


def _until_killed(scene: Scene, devices: list[Device], after_s: float, tally: Tally) -> None:
    over, heard = threading.Event(), threading.Event()
    with ThreadPoolExecutor(len(devices)) as pool:
        pushing = [pool.submit(pushes, device, over, heard) for device in devices]
        heard.wait(HEARD_WITHIN_S)
        time.sleep(after_s)
        scene.stops(signal.SIGKILL)
        over.set()
        tally.counted("syncs that went through", sum(one.result() for one in pushing))


def pushes(device: Device, over: threading.Event, heard: threading.Event) -> int:
    """Keep and sync until it is over; how often it went through. Whoever waits hears of each time."""
    through = 0
    while not over.is_set():
        device.keeps(5)
        if tries(device):
            through += 1
            heard.set()
    return through
