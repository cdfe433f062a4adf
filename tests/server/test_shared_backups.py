"""Backups that lie side by side hold each photograph once, and each of them is whole by itself all the same."""

import os
import shutil

import pytest

from sync_server.care.backup import lines_in, make_backup, try_out
from sync_server.care.caretaker import DAY_MS, Caretaker
from sync_server.care.collecting import IN_THE_BIN_MS, collect_blobs
from sync_server.care.photographs import PHOTOS
from sync_server.care.placing import copy_backup
from sync_server.care.rotation import Keep, rotate
from tests.server.photos import OTHER, PHOTO, sends_all, sha_of, tells_of
from visit_core.errors import Corrupt

NAMES = [f"visits-2026010{day}T000000Z.backup" for day in range(1, 3)]


@pytest.fixture
def ana(office):
    """Has sent one photograph, and half of another."""
    ana = office.phone("Ana")
    tells_of(ana)
    sends_all(ana)
    tells_of(ana, OTHER)
    sends_all(ana, OTHER, end=1_000)
    return ana


@pytest.fixture
def folder(office):
    return office.settings.home.parent / "kept"


def backed_up(office, folder, *names):
    paths = [folder / name for name in names]
    for path in paths:
        assert make_backup(office.store, path, office.key(), office.clock(), shares=True).path == path
    return paths


def photos_in(*paths):
    return [file for path in paths for file in sorted((path / PHOTOS).iterdir())]


def test_the_second_backup_shares_what_the_first_has(office, ana, folder):
    first, second = photos_in(*backed_up(office, folder, *NAMES))
    assert first.samefile(second)
    assert first.stat().st_size > len(PHOTO)
    shared, whole = (len("".join(lines_in(path, office.key()))) for path in (folder / NAMES[0], office.backs_up()))
    assert whole - shared > len(PHOTO)


def test_whichever_goes_the_others_stay_whole(office, ana, folder):
    backed_up(office, folder, *NAMES)
    assert rotate(folder, Keep(days=1, weeks=0, months=0)) == 1
    assert [path.name for path in folder.iterdir()] == [NAMES[1]]
    assert try_out(folder / NAMES[1], office.key()).counts["blob_chunk"] == 7


def test_a_second_folder_shares_among_its_own_and_needs_nothing_of_the_first(office, ana, folder):
    second = folder.with_name("second")
    for path in backed_up(office, folder, *NAMES):
        copy_backup(path, second)
    one, other = photos_in(*(second / name for name in NAMES))
    assert one.samefile(other)
    assert not one.samefile(photos_in(folder / NAMES[0])[0])
    shutil.rmtree(folder)
    assert try_out(second / NAMES[1], office.key()).counts["blob"] == 2


def test_a_damaged_photograph_is_told_and_the_next_backup_has_it_anew(office, ana, folder):
    (first,) = backed_up(office, folder, NAMES[0])
    (file,) = photos_in(first)
    for hurt in (100, -1):
        content = bytearray(file.read_bytes())
        content[hurt] ^= 1
        file.write_bytes(content)
        with pytest.raises(Corrupt, match="backup_photos"):
            try_out(first, office.key())
    (second,) = backed_up(office, folder, NAMES[1])
    assert not photos_in(second)[0].samefile(file)
    file.unlink()
    with pytest.raises(Corrupt, match="backup_photos"):
        try_out(first, office.key())
    assert try_out(second, office.key()).counts["blob"] == 2


def test_another_photograph_in_its_place_is_damage_too(office, ana, folder):
    sends_all(ana, OTHER, start=1_000)
    (path,) = backed_up(office, folder, NAMES[0])
    one, other = photos_in(path)
    shutil.copyfile(one, other)
    with pytest.raises(Corrupt, match="backup_photos"):
        try_out(path, office.key())


def test_on_a_disk_where_nothing_can_be_shared_each_has_its_own(office, ana, folder, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(38, "not here")

    monkeypatch.setattr(os, "link", refuse)
    first, second = photos_in(*backed_up(office, folder, *NAMES))
    assert not first.samefile(second)
    shutil.rmtree(folder / NAMES[0])
    assert try_out(folder / NAMES[1], office.key()).counts["blob"] == 2


def test_a_photograph_that_is_let_go_of_is_in_no_further_backup(office, ana, folder):
    (first,) = backed_up(office, folder, NAMES[0])
    (record,) = office.store.read(ana.team, lambda reading: reading.blobs.records(sha_of(PHOTO)))
    ana.does("delete", "attachment", record.id)
    ana.syncs()
    assert collect_blobs(office.store, office.clock() + IN_THE_BIN_MS + 1) == 1
    (second,) = backed_up(office, folder, NAMES[1])
    assert (len(photos_in(first)), len(photos_in(second))) == (1, 0)


@pytest.mark.parametrize("was", [True, False])
@pytest.mark.parametrize("shares", [True, False])
def test_a_backup_of_the_same_second_takes_the_place_of_the_other(office, ana, folder, was, shares):
    made = [
        make_backup(office.store, folder / NAMES[0], office.key(), office.clock(), shares=one) for one in (was, shares)
    ]
    assert [path.name for path in folder.iterdir()] == [NAMES[0]]
    assert made[1].path.is_dir() == shares
    copy_backup(made[1].path, folder.with_name("second"))
    copy_backup(made[1].path, folder.with_name("second"))
    assert try_out(folder.with_name("second") / NAMES[0], office.key()).digest == made[1].tried.digest


def test_nothing_of_a_photograph_is_readable_in_it(office, ana, folder):
    (path,) = backed_up(office, folder, NAMES[0])
    for file in path.rglob("*"):
        assert sha_of(PHOTO)[:16] not in file.name
        assert file.is_dir() or PHOTO[:64] not in file.read_bytes()


def test_those_made_by_themselves_share_and_one_made_into_a_file_is_one_file(office, ana, folder):
    second = folder.with_name("second")
    settings = office.settings.model_copy(update={"backup_second_folder": second})
    keeper = Caretaker(settings, office.store, office.key())
    assert all(keeper.turn(office.clock() + day * DAY_MS) for day in range(2))
    for place in (office.settings.home / "backups", second):
        one, other = photos_in(*sorted(place.iterdir()))
        assert one.samefile(other)
    alone = office.backs_up()
    assert alone.is_file()
    assert try_out(alone, office.key()).counts["blob"] == 2
