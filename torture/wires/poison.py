"""A change that the server refuses, at each place of a queue: all others arrive, and it is kept with its reason."""

from collections.abc import Iterable
from pathlib import Path

from torture.tally import Tally
from torture.wires.scene import a_scene


def poison(folder: Path, queue: int, places: Iterable[int]) -> Tally:
    """One queue for each place."""
    tally = Tally("poison at every place of a queue")
    with a_scene(folder, 1) as scene:
        device = scene.device()
        for place in places:
            fresh = device.keeps(queue, poison_at=place)
            report = device.syncs()
            refused = [entry.id for entry in device.store.quarantined()]
            if refused[-1:] != [fresh[place]] or report.pushed != queue - 1 or report.waiting:
                tally.lost(f"at {place}: {report}, {len(refused)} refused")
            tally.ended("refused alone")
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally
