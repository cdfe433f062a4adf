"""Photographs over a wire that is cut and a server that is killed between chunks and within them.

The server's own log is the witness: a chunk that it has answered and that comes again stands there twice.
"""

import contextlib
import hashlib
import random
import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from field_app.uploads import Way
from torture.tally import Tally
from torture.wires.device import Device
from torture.wires.relay import Fate, Relay
from torture.wires.scene import Scene, a_scene
from visit_core.errors import VisitError

SMALLEST, LARGEST = 50_000, 1_500_000
MOST_GOES = 20
SOON_S = 0.03  # within the next chunk
_TAKEN = re.compile(r"method=PATCH .*status=204 .*blob=(\w+) offset=(\d+) bytes=(\d+)")


def photos(folder: Path, count: int, seed: int) -> Tally:
    """Send photographs of every size; each is cut once and meets a server that dies once."""
    tally, dice = Tally("photographs cut, and their server killed"), random.Random(seed)
    with a_scene(folder, 2) as scene:
        device, other = scene.device(), scene.device()
        made = list[str]()
        for _ in range(count):
            size = dice.randrange(SMALLEST, LARGEST)
            made.append(device.photographs(dice.randbytes(size)))
            _cut(scene, device, _fate(dice, size), tally)
            _killed(scene, device, dice, tally)
        _until_all_are_there(device, count)
        other.syncs()
        for flaw in (*flaws(scene, device), *_unlike(device, other, made)):
            tally.lost(flaw)
        tally.counted("chunks", sum(chunks_taken(scene).values()))
    return tally


def goes(device: Device, way: Way, address: str = "") -> bool:
    """Whether a sync with its photographs went through."""
    try:
        device.carries(way, address)
    except VisitError:
        return False
    return True


def chunks_taken(scene: Scene) -> Counter[tuple[str, int, int]]:
    """How often the server has taken each chunk, by blob, offset and length, as its log says."""
    told = (scene.folder / "server.log").read_text("utf-8")
    return Counter((blob, int(at), int(length)) for blob, at, length in _TAKEN.findall(told) if int(length))


def flaws(scene: Scene, device: Device) -> Iterator[str]:
    """A chunk that was taken twice, a photograph that is not there or not as it was, a store that is not whole."""
    yield from (f"taken {times} times: {chunk}" for chunk, times in chunks_taken(scene).items() if times > 1)
    with scene.opened() as store:
        yield from store.flaws()
        here = store.read(device.me.team, lambda reading: reading.records_of("attachment", 10**6))
        yield from (f"not received: {one.id}" for one in here if "received_at" not in one.cells)
        if len(here) != len(device.store.attachments.ids()):
            yield f"{len(here)} records of {len(device.store.attachments.ids())} photographs"


def _fate(dice: random.Random, size: int) -> Fate:
    return Fate(up_to=dice.randrange(1, size)) if dice.random() < 0.7 else Fate(down_to=dice.randrange(1, 3_000))


def _cut(scene: Scene, device: Device, fate: Fate, tally: Tally) -> None:
    with Relay(scene.port, lambda: fate) as relay:
        tally.ended("went through" if goes(device, Way(), relay.address) else "was cut")


def _killed(scene: Scene, device: Device, dice: random.Random, tally: Tally) -> None:
    """Before the next chunk, or a moment after one of them has begun; then the server is there again."""
    is_between = dice.random() < 0.5
    left, after_s = 2 if is_between else dice.randrange(1, 4), dice.random() * SOON_S
    timers = list[threading.Timer]()

    def before_a_chunk() -> bool:
        nonlocal left
        left -= 1
        if left == 0 and is_between:
            scene.stops(signal.SIGKILL)
        elif left == 0:
            timers.append(threading.Timer(after_s, scene.stops, (signal.SIGKILL,)))
            timers[0].start()
        return False

    is_through = goes(device, Way(gives_way=before_a_chunk))
    for timer in timers:
        timer.join(30)
    tally.ended("outran the kill" if is_through else "lost its server")
    if scene.process is None:
        scene.serves()


def _until_all_are_there(device: Device, count: int) -> None:
    for _ in range(MOST_GOES):
        with contextlib.suppress(VisitError):
            if device.carries(Way()).photos_waiting == 0:
                return
    raise RuntimeError(f"{count} photographs do not get through")


def _unlike(device: Device, other: Device, made: list[str]) -> Iterator[str]:
    for photo in made:
        content = other.fetches(photo)
        if hashlib.sha256(content).hexdigest() != hashlib.sha256(device.store.attachments.whole(photo)).hexdigest():
            yield f"another picture: {photo}"
