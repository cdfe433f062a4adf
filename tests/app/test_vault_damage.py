"""What hurts a store: cut and flipped bytes, full and failing disks. Nothing is lost falsely, nothing half-loaded."""

import base64
import errno
import json
import random
import resource
from pathlib import Path

import pytest

from field_app.vault.opening import open_vault, salvage_vault
from tests.app.device import PIN
from tests.app.vaults import RefusingDisk, a_database, a_place, a_vault, reopened
from visit_core.errors import Corrupt, Failed, NoRoom

CANARY = "欧阳金丝雀"


def test_a_file_cut_at_any_byte_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "data"
    a_database(path).insert({"name": CANARY})
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        with pytest.raises(Corrupt):
            reopened(path)


def test_a_flip_of_any_bit_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "data"
    a_database(path).insert({"name": CANARY})
    whole = path.read_bytes()
    for bit in range(len(whole) * 8):
        hurt = bytearray(whole)
        hurt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(hurt)
        with pytest.raises(Corrupt):
            reopened(path)


def test_bytes_added_lost_or_swapped_are_refused(tmp_path: Path) -> None:
    path, dice = tmp_path / "data", random.Random(7)
    a_database(path).insert({"name": CANARY * 20})
    whole = path.read_bytes()
    for _ in range(300):
        a, b = sorted(dice.sample(range(len(whole)), 2))
        for hurt in (whole + whole[a:b], whole[:a] + whole[b:], whole[:a] + whole[a:b][::-1] + whole[b:]):
            path.write_bytes(hurt)
            if hurt != whole:
                with pytest.raises(Corrupt):
                    reopened(path)


def test_the_file_of_another_store_is_refused(tmp_path: Path) -> None:
    path, other = tmp_path / "data", tmp_path / "other"
    a_database(path)
    a_database(other)
    header = path.read_bytes()[:52]
    path.write_bytes(header + other.read_bytes()[52:])
    with pytest.raises(Corrupt):
        reopened(path)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_refusal_at_any_step_acknowledges_nothing_and_leaves_memory_equal_to_disk(
    tmp_path: Path, number: int
) -> None:
    for step in range(1, 6):
        path = tmp_path / f"data-{step}"
        disk = RefusingDisk()
        db = a_database(path, disk)
        db.insert({"n": 1})
        disk.steps, disk.refuse_at, disk.errno = 0, step, number
        with pytest.raises((NoRoom, Failed)):
            db.insert({"n": 2})
        assert db.all() == [{"n": 1}]
        assert not path.with_name(path.name + ".tmp").exists()
        on_disk = reopened(path).all()
        assert on_disk == [{"n": 1}] if step < 5 else on_disk in ([{"n": 1}], [{"n": 1}, {"n": 2}])


def test_after_a_full_disk_the_store_goes_on_once_there_is_room(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data", disk)
    disk.refuse_at, disk.errno = disk.steps + 1, errno.ENOSPC
    with pytest.raises(NoRoom):
        db.insert({"n": 1})
    assert db.insert({"n": 2}) == 1
    assert reopened(tmp_path / "data").all() == [{"n": 2}]


def test_after_a_failed_sync_the_store_takes_no_writes_until_it_is_reopened(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data", disk)
    disk.refuse_at = disk.steps + 2
    with pytest.raises(Failed):
        db.insert({"n": 1})
    with pytest.raises(Failed):
        db.insert({"n": 2})
    assert db.all() == []
    again = reopened(tmp_path / "data")
    again.insert({"n": 3})
    assert reopened(tmp_path / "data").all() == [{"n": 3}]


def test_a_real_limit_on_the_size_of_files_is_no_room_and_loses_nothing(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data")
    db.insert({"n": 1})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(NoRoom):
            db.insert({"text": "x" * 10_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert db.all() == [{"n": 1}] == reopened(tmp_path / "data").all()


def test_a_crash_between_writing_and_renaming_leaves_the_generation_before(tmp_path: Path) -> None:
    path = tmp_path / "data"
    a_database(path).insert({"n": 1})
    path.with_name("data.tmp").write_bytes(b"half a fi")
    db = reopened(path)
    assert db.all() == [{"n": 1}]
    db.insert({"n": 2})
    assert len(reopened(path)) == 2


def test_a_closed_store_takes_no_writes(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data")
    db.close()
    with pytest.raises(Failed):
        db.insert({"n": 1})


def test_a_damaged_store_is_told_from_a_wrong_pin_and_salvaged_from_the_save_before(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    vault.db.insert({"n": 2})
    vault.close()
    assert salvage_vault(place, PIN) is False
    place.sealed.write_bytes(place.sealed.read_bytes()[:-1])
    with pytest.raises(Corrupt):
        open_vault(place, PIN)
    assert salvage_vault(place, PIN) is True
    again = open_vault(place, PIN)
    assert again.db.all() == [{"n": 1}]
    again.close()
    assert list(place.sealed.parent.glob("data.damaged-*"))


def test_a_store_whose_file_is_gone_is_damage_and_not_a_new_store(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    a_vault(place).close()
    place.sealed.unlink()
    with pytest.raises(Corrupt):
        open_vault(place, PIN)


def test_where_no_generation_can_be_read_salvage_says_so_and_touches_nothing(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    a_vault(place).close()
    for path in place.sealed.parent.glob("data.vault*"):
        path.write_bytes(b"rubble")
    with pytest.raises(Corrupt):
        salvage_vault(place, PIN)
    assert place.sealed.read_bytes() == b"rubble"


def test_no_byte_on_disk_tells_a_name_in_any_spelling(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    for n in range(3):
        vault.db.insert({"name": CANARY, "mobile": "+8613812345678", "n": n})
    vault.close()
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for word in (CANARY, "13812345678"):
        escaped = json.dumps(word).strip('"').encode()
        for spelling in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), escaped):
            assert spelling not in everything
            for shift in range(3):
                packed = base64.b64encode(b" " * shift + spelling)[4:-4]
                assert packed not in everything


def test_the_same_content_never_looks_the_same_twice(tmp_path: Path) -> None:
    path = tmp_path / "data"
    db = a_database(path)
    seen = set()
    for _ in range(20):
        db.drop_tables()
        db.insert({"name": CANARY})
        seen.add(path.read_bytes()[52:])
    assert len(seen) == 20


def test_files_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    vault.close()
    modes = {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*") if path.is_file()}
    assert modes == {0}
    assert place.sealed.parent.stat().st_mode & 0o077 == 0
