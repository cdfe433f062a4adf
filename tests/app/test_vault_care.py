"""Looking after a store: compaction, rotation of its key, older copies, the first format, room on the disk."""

import errno
import shutil
import threading
from pathlib import Path

import pytest
from tinydb import where

from field_app.local_store import LocalStore
from field_app.vault.compaction import compact
from field_app.vault.database import VaultDB
from field_app.vault.files import Disk
from field_app.vault.frames import Anchor
from field_app.vault.mending import salvage_vault
from field_app.vault.opening import open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from field_app.vault.verify import verify
from field_app.vault.writer import LogWriter
from tests.app.device import CHEAP, PIN
from tests.app.fakes import FakeClock
from tests.app.test_vault_index import INDEXES
from tests.app.vaults import EagerDisk, RefusingDisk, a_database, a_place, a_vault, reopened
from visit_core.errors import Corrupt, Failed, NoRoom, Rollback

FIRST_STORE = Path(__file__).with_name("first_store")


def worn(path: Path, disk: Disk | None = None) -> VaultDB:
    """A store with far more garbage than life in it."""
    db = a_database(path, disk)
    db.table("empty").truncate()
    for n in range(30):
        db.insert({"n": n, "note": "客" * 100})
        db.update({"n": -n}, doc_ids=[n + 1])
    db.remove(doc_ids=range(1, 21))
    return db


def test_a_compaction_keeps_every_document_and_lets_go_of_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    db = worn(path)
    before, size = db.all(), path.stat().st_size
    saved = compact(db.vault)
    assert db.all() == before == reopened(path).all()
    assert size - path.stat().st_size == saved > size // 2
    assert db.tables() == {"_default", "empty"} == reopened(path).tables()
    db.insert({"n": 99})
    assert len(reopened(path)) == 11
    assert verify(reopened(path).vault).documents == 11


def test_what_is_saved_while_a_compaction_copies_is_in_the_fresh_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "data.log"
    db = worn(path)
    merged = type(db.vault.engine.layers_of("_default")).merged
    saves = iter(range(3))

    def meanwhile(self, *more):
        for n in saves:
            db.insert({"late": n})
            db.remove(doc_ids=[30])
        return merged(self, *more)

    monkeypatch.setattr(type(db.vault.engine.layers_of("_default")), "merged", meanwhile)
    compact(db.vault)
    assert [document.get("late") for document in db.all()[-3:]] == [0, 1, 2]
    assert db.all() == reopened(path).all()
    assert not db.contains(doc_id=30)


@pytest.mark.parametrize("error", [5, 28])
def test_a_compaction_that_is_refused_at_any_step_leaves_the_store_as_it_was(tmp_path: Path, error: int) -> None:
    disk = RefusingDisk(errno=error, for_good=True)
    path = tmp_path / "data.log"
    db = worn(path, disk)
    before = db.all()
    db.vault.engine.checkpoint()  # a compaction begins with it, and goes on without
    for step in range(1, 5):
        disk.steps, disk.refuse_at = 0, step
        with pytest.raises((NoRoom, Failed)):
            compact(db.vault)
        disk.refuse_at = None
        assert db.all() == before == reopened(path).all()
        assert not path.with_name("data.log.tmp").exists()
    db = reopened(path, disk)
    db.insert({"n": 1})
    assert compact(db.vault) > 0
    assert len(reopened(path)) == len(before) + 1


class HoldingDisk(EagerDisk):
    """Before a sync, lets somebody else go on who waits for it."""

    def __init__(self) -> None:
        self.is_syncing, self.has_gone_on = threading.Event(), threading.Event()

    def sync(self, fd: int) -> None:
        self.is_syncing.set()
        self.has_gone_on.wait(0.3)


def test_two_compactions_at_once_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They share a name: one that begins while the other is about to rename must not empty its file."""
    path, disk, has_begun = tmp_path / "data.log", HoldingDisk(), threading.Event()
    before = worn(path).all()
    db = reopened(path, disk)

    def begin(*more):
        if threading.current_thread() is other:
            has_begun.set()
            disk.is_syncing.wait(0.3)
        writer = LogWriter(*more)
        disk.has_gone_on.set()
        return writer

    monkeypatch.setattr("field_app.vault.compaction.LogWriter", begin)
    other = threading.Thread(target=compact, args=(db.vault,), daemon=True)
    other.start()
    assert has_begun.wait(30)
    disk.has_gone_on.clear()
    compact(db.vault)
    other.join(30)
    assert db.all() == before == reopened(path).all()
    assert db.vault.anchor.generation == 3


def test_a_compaction_within_a_transaction_is_refused(tmp_path: Path) -> None:
    db = worn(tmp_path / "data.log")
    before = db.all()
    with db.transaction(), pytest.raises(Failed):
        compact(db.vault)
    assert db.all() == before == reopened(tmp_path / "data.log").all()


def test_on_a_full_disk_the_reserve_is_room_enough_to_compact(tmp_path: Path) -> None:
    disk, path = RefusingDisk(), tmp_path / "data.log"
    db = worn(path, disk)
    before, reserve = db.all(), tmp_path / "data.reserve"
    db.vault.engine.checkpoint()
    disk.steps, disk.refuse_at, disk.errno = 0, 1, errno.ENOSPC
    assert compact(db.vault) > 0
    assert reserve.exists()
    assert db.all() == before == reopened(path).all()
    reserve.unlink()
    disk.steps, disk.for_good = 0, True
    with pytest.raises(NoRoom):
        compact(db.vault)
    assert db.all() == before == reopened(path).all()


def test_a_compacted_log_that_is_cut_anywhere_is_never_taken_for_a_smaller_store(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    db = worn(path)
    compact(db.vault)
    db.close()
    path.with_name("data.index").unlink()
    whole = path.read_bytes()
    for cut in range(0, len(whole), 97):
        path.write_bytes(whole[:cut])
        with pytest.raises(Corrupt):
            reopened(path)


def test_a_scan_that_was_begun_before_a_compaction_ends_as_it_began(tmp_path: Path) -> None:
    db = worn(tmp_path / "data.log")
    scan = iter(db)
    first = next(scan)
    compact(db.vault)
    assert [first, *scan] == db.all()


def test_a_rotated_key_seals_everything_anew_under_the_same_pin(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    old = vault.data_key
    vault.rotate_key(PIN)
    vault.db.insert({"n": 2})
    vault.close()
    again = open_vault(place, PIN)
    assert again.data_key != old
    assert again.db.all() == [{"n": 1}, {"n": 2}]
    again.close()
    with pytest.raises(Corrupt):
        VaultDB(place.log, old)


def test_a_store_older_than_its_anchor_is_refused_and_taken_only_on_purpose(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    vault.close()
    older = place.log.read_bytes()
    vault = open_vault(place, PIN)
    vault.db.insert({"n": 2})
    vault.close()
    place.log.write_bytes(older)
    with pytest.raises(Rollback):
        open_vault(place, PIN)
    assert salvage_vault(place, PIN) is not None
    again = open_vault(place, PIN)
    assert again.db.all() == [{"n": 1}]
    again.close()


def test_an_anchor_outlives_a_compaction_and_tells_another_history(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    db = a_database(path)
    db.insert({"n": 1})
    early, fork = db.vault.anchor, path.read_bytes()
    db.insert({"n": 2})
    late = db.vault.anchor
    compact(db.vault)
    for anchor in (early, late, db.vault.anchor):
        reopened(path).vault.engine.check_anchor(anchor)
    path.write_bytes(fork)
    path.with_name("data.index").unlink()
    other = reopened(path)
    other.insert({"n": 3})
    for anchor in (late, late._replace(seq=late.seq + 1), Anchor(9, 1, bytes(16))):
        with pytest.raises(Rollback):
            reopened(path).vault.engine.check_anchor(anchor)


def test_an_anchor_tells_another_history_even_where_an_index_spares_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    db = a_database(path)
    db.insert({"n": 1})
    early, copy = db.vault.anchor, path.read_bytes()
    db.insert({"n": 2})
    late = db.vault.anchor
    path.write_bytes(copy)
    other = reopened(path)
    for n in range(3):
        other.insert({"another": n})
    other.vault.engine.checkpoint()
    again = reopened(path)
    assert again.vault.opened.frames == 0
    with pytest.raises(Rollback):
        again.vault.engine.check_anchor(late)
    for anchor in (early, other.vault.anchor):
        again.vault.engine.check_anchor(anchor)


def test_while_the_store_is_open_its_anchor_is_kept_from_time_to_time(tmp_path: Path) -> None:
    clock = FakeClock()
    place = a_place(tmp_path, clock)
    vault = a_vault(place)
    vault.db.insert({"n": 1})
    first = vault.anchors.read()
    vault.db.insert({"n": 2})
    assert vault.anchors.read() == first
    clock.passes(30_000)
    vault.db.insert({"n": 3})
    assert vault.anchors.read() == vault.db.vault.anchor != first
    vault.close()


def test_the_first_releases_store_is_taken_over_with_its_unsent_changes(tmp_path: Path) -> None:
    shutil.copytree(FIRST_STORE, tmp_path / "first")
    home = tmp_path / "first" / "home"
    place = Place(home, SecretFiles(tmp_path / "first" / "secrets", home), FakeClock(), CHEAP, EagerDisk())
    vault = open_vault(place, PIN)
    store = LocalStore(vault.db, place.clock)
    assert sorted(str(view.fields["name"]) for view in store.find("customer")) == ["张三", "欧阳修远之家"]
    assert [entry.kind for entry in store.waiting()] == ["customer", "visit"]
    assert place.first_format.exists()
    vault.close()
    assert not place.first_format.exists()
    again = open_vault(place, PIN)
    assert len(LocalStore(again.db, place.clock).waiting()) == 2
    again.close()


def test_a_first_store_that_is_damaged_is_refused_and_left_alone(tmp_path: Path) -> None:
    shutil.copytree(FIRST_STORE, tmp_path / "first")
    home = tmp_path / "first" / "home"
    place = Place(home, SecretFiles(tmp_path / "first" / "secrets", home), FakeClock(), CHEAP, EagerDisk())
    hurt = place.first_format.read_bytes()[:-1]
    place.first_format.write_bytes(hurt)
    with pytest.raises(Corrupt):
        open_vault(place, PIN)
    assert place.first_format.read_bytes() == hurt
    assert not place.log.exists()


@pytest.mark.parametrize("has_index", [True, False])
def test_a_store_of_the_second_format_opens_as_it_was_written(tmp_path: Path, has_index: bool) -> None:
    shutil.copytree(Path(__file__).with_name("second_store"), tmp_path / "second")
    home = tmp_path / "second" / "home"
    secrets = SecretFiles(tmp_path / "second" / "secrets", home)
    place = Place(home, secrets, FakeClock(), CHEAP, EagerDisk(), INDEXES)
    if not has_index:
        (place.folder / "data.index").unlink()
    vault = open_vault(place, PIN)
    assert vault.db.vault.opened.layers == has_index
    visits = vault.db.rows_of("visits")
    assert [visit.doc_id for visit in visits] == [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]
    assert visits.rows([3])[0]["day"] == "2026-06-30"
    assert [visit["id"] for visit in visits.search(where("day") == "2026-07-01")] == ["after"]
    assert vault.db.tables() == {"visits", "empty"}
    assert verify(vault.db.vault).documents == 12
    vault.close()
