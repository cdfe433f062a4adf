"""The real server program over real HTTP, hurt a little: the whole of it is `python3 dev.py torture wires`."""

import random
from pathlib import Path

import pytest

from field_app.uploads import FREELY
from tests.server.clusters import FAST
from torture.wires import crowd as crowds
from torture.wires.cuts import cuts
from torture.wires.device import NAME, Device, tries
from torture.wires.drain import drain
from torture.wires.failover import failover
from torture.wires.kills import kills
from torture.wires.mischief import mischief
from torture.wires.photos import chunks_taken, flaws, goes, photos
from torture.wires.poison import poison
from torture.wires.relay import Fate, Relay
from torture.wires.restored import copied_back, restored
from torture.wires.scene import Scene, a_scene

BYTES_APART = 397


def test_an_exchange_cut_anywhere_is_made_good_by_the_next(tmp_path: Path):
    tally = cuts(tmp_path / "cuts", BYTES_APART)
    assert tally.losses == []
    assert tally.ends["was broken off"] >= 4


def test_requests_dropped_doubled_and_late_have_one_effect(tmp_path: Path):
    tally = mischief(tmp_path / "mischief", 14, seed=3)
    assert tally.losses == []
    assert tally.ends["failed"] > 0
    assert tally.ends["went through"] > 0


def test_what_a_killed_server_had_acknowledged_is_there(tmp_path: Path):
    tally = kills(tmp_path / "kills", 2, seed=1)
    assert tally.losses == []
    assert tally.ends["changes acknowledged before a kill"] > 0


def test_a_standby_that_takes_over_has_what_was_acknowledged_or_the_devices_bring_it(tmp_path: Path):
    tally = failover(tmp_path / "failover", 1, 1, FAST)
    assert tally.losses == []
    assert tally.ends["acknowledged and not on the standby"] > 0


def test_a_refused_change_stops_no_other_wherever_it_stands(tmp_path: Path):
    tally = poison(tmp_path / "poison", 9, (0, 4, 8))
    assert tally.losses == []
    assert tally.ends["refused alone"] == 3


def test_a_long_queue_goes_on_where_it_was_cut(tmp_path: Path):
    tally = drain(tmp_path / "drain", 1_600)
    assert tally.losses == []
    assert tally.ends["times broken off"] > 0
    assert tally.ends["drained"] == 1


def test_an_older_backup_restored_loses_nothing_that_a_device_has(tmp_path: Path):
    assert restored(tmp_path / "restored", 1).losses == []


def test_a_copy_of_the_file_put_back_by_hand_loses_nothing_that_a_device_has(tmp_path: Path):
    tally = copied_back(tmp_path / "copied", 1)
    assert tally.losses == []
    assert tally.ends["acknowledged and not in the copy"] == 21


def test_many_writers_of_one_team_lose_nothing_and_are_skipped_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(crowds, "EACH", 10)
    assert crowds.crowd(tmp_path / "crowd", 1).losses == []


def test_photos_outlive_cuts_and_a_killed_server_and_no_chunk_comes_twice(tmp_path: Path):
    tally = photos(tmp_path / "photos", 1, seed=5)
    assert tally.losses == []
    assert tally.ends["was cut"] > 0
    assert tally.ends["lost its server"] > 0


def test_t23_a_photo_that_was_cut_at_sixty_percent_goes_on_from_its_last_chunk(scene: Scene):
    device, content = scene.devices[0], random.Random(23).randbytes(5_000_000)
    photo = device.photographs(content)
    device.syncs()
    with Relay(scene.port, lambda: Fate(up_to=3_000_000)) as relay:
        assert not goes(device, FREELY, relay.address)
    before = sum(length for _, _, length in chunks_taken(scene))
    assert 2_500_000 < before < 3_000_000
    assert received_at(device, photo) is None
    report = device.carries(FREELY)
    assert (report.photos_sent, report.photos_waiting) == (1, 0)
    assert received_at(device, photo)
    taken = sorted((at, length) for _, at, length in chunks_taken(scene).elements())
    assert [at for at, _ in taken] == [sum(length for _, length in taken[:place]) for place in range(len(taken))]
    assert sum(length for _, length in taken) == 5_000_000
    assert list(flaws(scene, device)) == []
    device.store.attachments.discard(photo)
    assert device.fetches(photo) == content


def received_at(device: Device, photo: str) -> object:
    view = device.store.view("attachment", photo)
    return view and view.fields.get("received_at")


@pytest.fixture
def scene(tmp_path: Path):
    with a_scene(tmp_path / "scene", 1) as founded:
        founded.device().keeps(3)
        founded.devices[0].syncs()
        yield founded


def test_a_record_that_is_gone_and_one_from_nowhere_are_noticed(scene: Scene):
    assert list(scene.flaws()) == []
    scene.devices[0].made[0] = "f" * 32
    assert list(scene.flaws())[:2] == ["1 missing", "1 from nowhere"]


def test_a_name_in_a_log_and_a_queue_that_stands_are_noticed(scene: Scene):
    scene.devices[0].keeps()
    scene.stops()
    assert not tries(scene.devices[0])
    with (scene.folder / "server.log").open("a", encoding="utf-8") as log:
        log.write(f"saved {NAME}\n")
    flaws = list(scene.flaws())
    assert "1 waiting on device 0" in flaws
    assert f"{NAME!r} in a log" in flaws
