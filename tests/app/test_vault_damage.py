"""What hurts a store: cut and flipped bytes, full and failing disks. Nothing is lost falsely, nothing half-loaded."""

import base64
import errno
import json
import random
import resource
from pathlib import Path

import pytest

from field_app.vault.database import VaultDB
from field_app.vault.frames import FRAME_MAGIC, HEADER_BYTES, FrameSeal, open_header
from field_app.vault.mending import salvage_vault
from field_app.vault.opening import open_vault
from tests.app.device import PIN
from tests.app.vaults import KEY, RefusingDisk, a_database, a_place, a_vault, reopened
from visit_core.errors import Corrupt, Failed, NoRoom

CANARY = "欧阳金丝雀"


def a_log(path: Path, saves: int = 4) -> bytes:
    """A store of some saves; its bytes."""
    db = a_database(path)
    for n in range(saves):
        db.insert({"n": n, "name": CANARY})
    return path.read_bytes()


def starts(log: bytes) -> list[int]:
    """Where each frame begins."""
    found, at = [], log.find(FRAME_MAGIC)
    while at >= 0:
        found.append(at)
        at = log.find(FRAME_MAGIC, at + 1)
    return found


def numbers(db: VaultDB) -> list[int]:
    return [document["n"] for document in db]


def test_a_log_cut_at_any_byte_keeps_every_whole_save_and_reports_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    whole = a_log(path)
    ends = [*starts(whole)[1:], len(whole)]
    for cut in range(HEADER_BYTES, len(whole)):
        path.write_bytes(whole[:cut])
        db = reopened(path)
        kept = sum(end <= cut for end in ends)
        assert numbers(db) == list(range(kept))
        torn = whole[max([HEADER_BYTES, *(end for end in ends if end <= cut)]) : cut]
        assert db.vault.opened.torn_bytes == len(torn.rstrip(b"\0"))
        db.insert({"n": 9})
        assert numbers(reopened(path)) == [*range(kept), 9]


def test_a_torn_save_is_told_in_the_log_by_its_size_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "data.log"
    whole = a_log(path, 2)
    path.write_bytes(whole[:-9])
    reopened(path)
    torn = len(whole[:-9].rstrip(b"\0")) - starts(whole)[1]  # zeros at the end may as well be room set aside
    assert [record.getMessage() for record in caplog.records] == [f"torn commit cut bytes={torn} seq=1"]


def test_room_set_aside_behind_the_last_save_is_nothing_torn(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    db = VaultDB(path, KEY, begin=True)
    for n in range(3):
        db.insert({"n": n})
    with_room = path.read_bytes()
    end = db.vault.engine.log.end
    assert len(with_room) > end
    assert not any(with_room[end:])
    again = VaultDB(path, KEY)
    assert (numbers(again), again.vault.opened.torn_bytes) == ([0, 1, 2], 0)
    again.insert({"n": 3})
    again.close()
    assert path.stat().st_size == again.vault.engine.log.end
    for cut in range(starts(with_room)[-1] + 1, len(with_room.rstrip(b"\0"))):  # a last byte of zero is not missed
        path.write_bytes(with_room[:cut] + bytes(len(with_room) - cut))
        torn = VaultDB(path, KEY)
        assert numbers(torn) == [0, 1]
        torn.insert({"n": 9})
        assert numbers(VaultDB(path, KEY)) == [0, 1, 9]


def test_a_header_cut_at_any_byte_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    whole = a_log(path, 1)
    for cut in range(HEADER_BYTES):
        path.write_bytes(whole[:cut])
        with pytest.raises(Corrupt):
            reopened(path)


def test_a_flip_before_a_later_save_is_damage_and_in_the_last_save_a_torn_tail(tmp_path: Path) -> None:
    path, dice = tmp_path / "data.log", random.Random(3)
    whole = a_log(path)
    last = starts(whole)[-1]
    for bit in dice.sample(range(len(whole) * 8), 800):
        hurt = bytearray(whole)
        hurt[bit // 8] ^= 1 << bit % 8
        path.write_bytes(hurt)
        if bit // 8 < last:
            with pytest.raises(Corrupt):
                reopened(path)
        else:
            assert numbers(reopened(path)) == [0, 1, 2]


def test_sectors_of_the_last_save_missing_at_random_leave_it_whole_or_absent(tmp_path: Path) -> None:
    path, dice = tmp_path / "data.log", random.Random(5)
    db = a_database(path)
    db.insert({"n": 0})
    begin = path.stat().st_size
    db.insert_multiple({"n": n, "note": CANARY * 60} for n in range(1, 60))
    whole = path.read_bytes()
    sectors = range(begin // 512 + 1, len(whole) // 512)
    for _ in range(100):
        hurt = bytearray(whole)
        for sector in dice.sample(sectors, dice.randrange(1, len(sectors))):
            hurt[sector * 512 : (sector + 1) * 512] = bytes(512)
        path.write_bytes(hurt)
        assert numbers(reopened(path)) == [0]


def test_swapped_dropped_doubled_replayed_and_spliced_frames_are_damage(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    whole = a_log(path)
    a, b, c, d = ((begin, end) for begin, end in zip(starts(whole), [*starts(whole)[1:], len(whole)], strict=True))
    head, first, second, third, fourth = whole[: a[0]], *(whole[begin:end] for begin, end in (a, b, c, d))
    other = a_log(tmp_path / "other.log")
    begin, end = starts(other)[1:3]
    for hurt in (
        head + first + third + second + fourth,
        head + first + third + fourth,
        head + first + second + second + third + fourth,
        head + first + second + third + fourth + second,
        head + first + other[begin:end] + third + fourth,
    ):
        path.write_bytes(hurt)
        with pytest.raises(Corrupt):
            reopened(path)


def test_another_history_of_the_same_log_cannot_be_spliced_in(tmp_path: Path) -> None:
    path, fork = tmp_path / "data.log", tmp_path / "fork.log"
    fork.write_bytes(a_log(path, 2))
    one, other = reopened(path), reopened(fork)
    for n in (2, 3):
        one.insert({"n": n})
        other.insert({"n": n, "else": 1})
    mine, theirs = path.read_bytes(), fork.read_bytes()
    path.write_bytes(mine[: starts(mine)[3]] + theirs[starts(theirs)[3] :])
    with pytest.raises(Corrupt):
        reopened(path)


def test_another_key_is_told_before_any_frame_is_read(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    a_log(path, 1)
    with pytest.raises(Corrupt, match="header_seal"):
        VaultDB(path, bytes(32))


def test_damage_found_while_reading_is_never_a_wrong_document(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    whole = a_log(path)
    reopened(path).vault.engine.checkpoint()
    db = reopened(path)  # by its index: nothing has been read yet
    first, second = starts(whole)[:2]
    path.write_bytes(whole[:first] + whole[second : second + second - first] + whole[second:])
    with pytest.raises(Corrupt):
        db.get(doc_id=1)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_refusal_at_any_step_acknowledges_nothing_and_leaves_memory_equal_to_disk(
    tmp_path: Path, number: int
) -> None:
    for step in (1, 2):
        path = tmp_path / f"data-{step}.log"
        disk = RefusingDisk()
        db = a_database(path, disk)
        db.insert({"n": 1})
        disk.steps, disk.refuse_at, disk.errno = 0, step, number
        with pytest.raises((NoRoom, Failed)):
            db.insert({"n": 2})
        assert numbers(db) == [1]
        assert numbers(reopened(path)) in ([[1]] if step == 1 else [[1], [1, 2]])


def test_a_write_that_stops_half_way_is_cut_back_before_the_next_one(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data.log", disk)
    db.insert({"n": 1})
    disk.refuse_at, disk.errno = disk.steps + 2, errno.ENOSPC
    with pytest.raises(NoRoom):
        db.insert({"n": 2, "note": "x" * 9000})
    db.insert({"n": 3})
    assert numbers(reopened(tmp_path / "data.log")) == [1, 3]


def test_on_a_full_disk_one_can_still_delete_and_take_in_what_the_server_named(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data.log", disk)
    db.insert_multiple([{"n": 1}, {"n": 2}])
    disk.refuse_at, disk.errno = disk.steps + 1, errno.ENOSPC
    with pytest.raises(NoRoom):
        db.insert({"n": 3})
    assert (tmp_path / "data.reserve").exists()
    disk.refuse_at = disk.steps + 1
    db.remove(doc_ids=[1])
    assert not (tmp_path / "data.reserve").exists()
    assert numbers(reopened(tmp_path / "data.log")) == [2]
    assert (tmp_path / "data.reserve").exists()


def test_after_a_failed_sync_the_store_takes_no_writes_until_it_is_reopened(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data.log", disk)
    disk.refuse_at = disk.steps + 2
    with pytest.raises(Failed):
        db.insert({"n": 1})
    with pytest.raises(Failed):
        db.insert({"n": 2})
    assert db.all() == []
    again = reopened(tmp_path / "data.log")
    again.insert({"n": 3})
    assert 2 not in numbers(reopened(tmp_path / "data.log"))


def test_a_real_limit_on_the_size_of_files_is_no_room_and_loses_nothing(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log")
    db.insert({"n": 1})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(NoRoom):
            db.insert({"text": "x" * 10_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert db.all() == [{"n": 1}] == reopened(tmp_path / "data.log").all()


def test_a_closed_store_takes_no_writes(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log")
    db.close()
    with pytest.raises(Failed):
        db.insert({"n": 1})


def test_a_damaged_store_is_salvaged_with_all_that_can_be_read_and_kept_aside(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    for n in range(5):
        vault.db.insert({"n": n})
    vault.close()
    assert salvage_vault(place, PIN) is None
    whole = place.log.read_bytes()
    at = starts(whole)[1] + 60
    hurt = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    place.log.write_bytes(hurt)
    with pytest.raises(Corrupt):
        open_vault(place, PIN)
    found = salvage_vault(place, PIN)
    assert found is not None
    assert (found.frames, found.missing_frames, found.documents) == (4, 1, 4)
    again = open_vault(place, PIN)
    assert numbers(again.db) == [0, 2, 3, 4]
    again.close()
    aside = list(place.folder.glob("data.damaged-*"))
    assert [path.read_bytes() for path in aside] == [hurt]


def test_a_damaged_header_is_read_from_its_copy(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    vault.close()
    place.log.write_bytes(bytes(HEADER_BYTES) + place.log.read_bytes()[HEADER_BYTES:])
    assert salvage_vault(place, PIN) is not None
    again = open_vault(place, PIN)
    assert numbers(again.db) == [1]
    again.close()


def test_a_store_whose_file_is_gone_is_damage_and_not_a_new_store(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    a_vault(place).close()
    place.log.unlink()
    with pytest.raises(Corrupt):
        open_vault(place, PIN)
    with pytest.raises(Corrupt):
        salvage_vault(place, PIN)


def test_where_nothing_can_be_read_salvage_says_so_and_touches_nothing(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    vault.close()
    place.log.write_bytes(b"rubble")
    with pytest.raises(Corrupt):
        salvage_vault(place, PIN)
    assert place.log.read_bytes() == b"rubble"


def test_no_byte_on_disk_tells_a_name_in_any_spelling(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    for n in range(3):
        vault.db.insert({"name": CANARY, "mobile": "+8613812345678", "n": n})
    vault.db.vault.engine.checkpoint()
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
    path = tmp_path / "data.log"
    db = a_database(path)
    for _ in range(20):
        db.drop_tables()
        db.insert({"name": CANARY})
    log = path.read_bytes()
    seal = FrameSeal(open_header(log, KEY), KEY)
    frames = [(log[at + 16 : at + 28], seal.open(log, at)) for at in starts(log)]
    assert len({nonce for nonce, _ in frames}) == len(frames) > 30
    assert all(frame for _, frame in frames)


def test_files_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    vault.db.vault.engine.checkpoint()
    vault.close()
    modes = {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*") if path.is_file()}
    assert modes == {0}
    assert place.folder.stat().st_mode & 0o077 == 0
