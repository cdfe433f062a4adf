"""One exchange cut at every byte, what the device says and what it hears; then the next sync makes it good."""

from collections.abc import Iterator
from pathlib import Path

from torture.tally import Tally
from torture.wires.device import Device, tries
from torture.wires.relay import Fate, Relay
from torture.wires.scene import Scene, a_scene, all_even


def cuts(folder: Path, every: int) -> Tally:
    """The same exchange, one change and its row, again and again, cut one byte later each time."""
    tally = Tally("one exchange cut at every byte")
    with a_scene(folder, 2) as scene:
        device, other = scene.device(), scene.device()
        device.syncs()
        for fate in _fates(scene, device, every):
            _one(scene, device, fate, tally)
        all_even([device, other])
        if other.holds() != set(device.made):
            tally.lost(f"the other device holds {len(other.holds())} of {len(device.made)}")
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


def _fates(scene: Scene, device: Device, every: int) -> Iterator[Fate]:
    """Every length of what is said and of what is answered, as one uncut exchange has them."""
    with Relay(scene.port) as relay:
        device.keeps()
        device.syncs(relay.address)
        said, heard = relay.up, relay.down
    yield from (Fate(up_to=length) for length in range(1, said + 1, every))
    yield from (Fate(down_to=length) for length in range(1, heard + 1, every))


def _one(scene: Scene, device: Device, fate: Fate, tally: Tally) -> None:
    (id,) = device.keeps()
    with Relay(scene.port, lambda: fate) as relay:
        is_through = tries(device, relay.address)
    device.syncs()
    tally.ended("went through" if is_through else "was broken off")
    if id not in device.acknowledged():
        tally.lost(f"not acknowledged after {fate}")
