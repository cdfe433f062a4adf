"""The primary PostgreSQL dies while devices push, or is parted from its standby while both live; the latter goes on.

A synchronous standby has whatever was acknowledged. One that had fallen behind has not: then the operator begins an
epoch, or nobody does and the devices show what is missing; either way they bring it.
"""

import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tests.server.clusters import CALM, Cluster, room_for_clusters
from torture.tally import Tally
from torture.wires.device import Device
from torture.wires.kills import HEARD_WITHIN_S, LONGEST_S, pushes
from torture.wires.restored import operates
from torture.wires.scene import Scene, a_scene, all_even

PEOPLE = 4
NAMES = "synchronous_standby_names"
DATABASE = "visits"
CANCELLED = 3  # times
HANGS = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
CANCELS = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
SOON = "wal_retrieve_retry_interval=100ms"


class Pair:
    """The one that takes writes, and the one that follows it; they change places."""

    def __init__(self, primary: Cluster, standby: Cluster) -> None:
        """A fresh primary with an empty database, followed by the other."""
        self.primary, self.standby = primary, standby
        primary.starts()
        primary.does(f"CREATE DATABASE {DATABASE}")
        self._follows()

    @property
    def url(self) -> str:
        """Whichever of both takes writes."""
        return url_of(self.primary, self.standby)

    def falls_behind(self) -> None:
        """The standby gets no more, and the primary waits for nobody."""
        self.primary.is_set(NAMES, "")
        self.standby.is_set("primary_conninfo", "")
        self.primary.becomes("SELECT count(*) = 0 FROM pg_stat_replication")

    def is_parted(self) -> None:
        """The standby gets no more and takes over, while the primary lives, waits for it and still looks like one."""
        self.standby.is_set("primary_conninfo", "")
        self.primary.becomes("SELECT count(*) = 0 FROM pg_stat_replication")
        self.standby.takes_over()

    def is_fenced(self) -> None:
        """The old primary is put out of reach; the new one is followed by nobody."""
        self.primary.stops()
        self.primary, self.standby = self.standby, self.primary
        self.primary.is_set(NAMES, "")

    def fails_over(self) -> None:
        """The primary ends as if it had been killed; the standby takes its place and is followed by nobody."""
        self.primary.stops()
        self.primary, self.standby = self.standby, self.primary
        self.primary.is_set(NAMES, "")
        self.primary.takes_over()

    def is_whole_again(self) -> None:
        """Another standby follows the one that took over."""
        self._follows()

    def _follows(self) -> None:
        self.standby.follows(self.primary)
        self.primary.is_set(NAMES, "*")
        self.primary.becomes("SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'")


def url_of(*clusters: Cluster) -> str:
    """Whichever of them takes writes, the first that does."""
    hosts = "&".join(f"host={one.folder}" for one in clusters)
    return f"postgresql://postgres@/{DATABASE}?{hosts}&target_session_attrs=read-write"


def failover(folder: Path, times: int, seed: int, settings: Sequence[str] = CALM) -> Tally:
    """Each time with a standby that has everything, with one that is parted, and twice with one that fell behind."""
    tally, dice = Tally("the primary PostgreSQL dies, its standby takes over"), random.Random(seed)
    with _a_pair(settings) as pair, a_scene(folder, PEOPLE, pair.url) as scene:
        devices = [scene.device() for _ in range(PEOPLE)]
        for _ in range(times):
            went_on = _died_as_they_pushed(pair, devices, dice.random() * LONGEST_S, tally)
            _has_everything(scene, devices, tally, went_on=went_on)
            pair.is_whole_again()
            _parted(scene, pair, devices, tally)
            pair.is_whole_again()
            for is_told in (True, False):
                _left_behind(scene, pair, devices, tally, is_told=is_told)
                pair.is_whole_again()
        all_even(devices)
        for flaw in scene.flaws():
            tally.lost(flaw)
    return tally


@contextmanager
def _a_pair(settings: Sequence[str]) -> Iterator[Pair]:
    with room_for_clusters("wheel", (*settings, SOON)) as begun:
        yield Pair(begun("a"), begun("b"))


def _died_as_they_pushed(pair: Pair, devices: list[Device], after_s: float, tally: Tally) -> bool:
    """Whether pushing went on afterwards."""
    over, heard = Event(), Event()
    with ThreadPoolExecutor(len(devices)) as pool:
        pushing = [pool.submit(pushes, device, over, heard) for device in devices]
        heard.wait(HEARD_WITHIN_S)
        time.sleep(after_s)
        pair.fails_over()
        heard.clear()
        went_on = heard.wait(HEARD_WITHIN_S)
        over.set()
        tally.counted("syncs that went through", sum(one.result() for one in pushing))
    return went_on


def _has_everything(scene: Scene, devices: list[Device], tally: Tally, *, went_on: bool) -> None:
    missing = _promised(devices) - scene.kept()
    tally.ended("taken over with everything")
    if missing:
        tally.lost(f"{len(missing)} acknowledged are gone")
    if not went_on:
        tally.lost("nothing went through after it")


def _parted(scene: Scene, pair: Pair, devices: list[Device], tally: Tally) -> None:
    """Both live; an operator cancels what hangs on the old one; only then is it fenced."""
    over, heard = Event(), Event()
    with ThreadPoolExecutor(len(devices)) as pool:
        pair.is_parted()
        pushing = [pool.submit(pushes, device, over, heard) for device in devices]
        for _ in range(CANCELLED):
            pair.primary.becomes(HANGS)
            pair.primary.does(CANCELS)
        missing = _promised(devices) - scene.kept(url_of(pair.standby))
        pair.is_fenced()
        went_on = heard.wait(HEARD_WITHIN_S)
        over.set()
        tally.counted("syncs that went through", sum(one.result() for one in pushing))
    missing |= _promised(devices) - scene.kept()
    tally.ended("parted while both lived")
    if missing:
        tally.lost(f"{len(missing)} acknowledged were on the wrong side alone, or are gone")
    if not went_on:
        tally.lost("nothing went through after it")


def _left_behind(scene: Scene, pair: Pair, devices: list[Device], tally: Tally, *, is_told: bool) -> None:
    pair.falls_behind()
    for device in devices:
        device.keeps(5)
    all_even(devices)
    scene.stops()
    pair.fails_over()
    gone = _promised(devices) - scene.kept()
    tally.counted("acknowledged and not on the standby", len(gone))
    if is_told:
        operates("new-epoch", scene)
    scene.serves()
    all_even([*devices, *devices])
    missing = _promised(devices) - scene.kept()
    tally.ended("taken over from behind, and told so" if is_told else "taken over from behind, shown by the devices")
    if missing or not gone:
        tally.lost(f"{len(missing)} of {len(gone)} did not come back")


def _promised(devices: list[Device]) -> set[str]:
    return {id for device in devices for id in device.acknowledged()}
