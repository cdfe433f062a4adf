"""The encrypted TinyDB: TinyDB's own behaviour, transactions over tables, and nobody holds a live document."""

import gc
import itertools
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, where
from tinydb.operations import increment
from tinydb.table import Document

from field_app.vault.compaction import compact
from field_app.vault.database import VaultDB
from field_app.vault.ops import PUT, Op, decode, encode, placed_ops, to_bytes
from tests.app.vaults import RefusingDisk, a_database, reopened
from visit_core.errors import Corrupt

texts = st.text(st.characters(exclude_categories=()), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(texts, values, max_size=4)


@pytest.fixture
def db(tmp_path: Path) -> VaultDB:
    return a_database(tmp_path / "data")


def test_it_is_tinydb_to_whoever_uses_it(db: VaultDB) -> None:
    visits = db.table("visits")
    ids = visits.insert_multiple([{"n": n, "who": "ana" if n % 2 else "ben"} for n in range(6)])
    assert ids == [1, 2, 3, 4, 5, 6]
    assert visits.count(where("who") == "ana") == 3
    visits.update(increment("n"), Query().who == "ben")
    assert [visit["n"] for visit in visits] == [1, 1, 3, 3, 5, 5]
    visits.upsert({"who": "cem"}, where("n") == 5)
    visits.remove(where("who") == "cem")
    assert len(visits) == 4
    assert visits.contains(doc_id=1)
    visits.upsert(Document({"n": 9}, doc_id=40))
    assert visits.insert({"n": 10}) == 41
    assert db.tables() == {"visits"}
    db.drop_table("visits")
    assert db.tables() == set()


def test_what_was_written_is_there_after_reopening(db: VaultDB, tmp_path: Path) -> None:
    db.insert({"name": "张三"})
    db.table("empty").truncate()
    again = reopened(tmp_path / "data")
    assert again.all() == [{"name": "张三"}]
    assert again.tables() == {"_default", "empty"}


def test_a_transaction_over_tables_is_one_commit(db: VaultDB, tmp_path: Path) -> None:
    before = db.vault.anchor.seq
    with db.transaction():
        db.table("visits").insert({"n": 1})
        db.table("outbox").insert({"n": 1})
        assert db.table("visits").contains(where("n") == 1)
    assert db.vault.anchor.seq == before + 1
    assert len(reopened(tmp_path / "data").table("outbox")) == 1


def test_an_exception_leaves_nothing_of_a_transaction(db: VaultDB, tmp_path: Path) -> None:
    db.insert({"n": 0})

    def half_a_visit() -> None:
        with db.transaction():
            db.insert({"n": 1})
            db.table("other").insert({"n": 1})
            assert db.search(where("n") == 1)
            with db.transaction():
                db.update({"n": 2})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_visit()
    assert db.all() == [{"n": 0}]
    assert db.search(where("n") == 1) == []
    assert db.tables() == {"_default"}
    assert db.insert({"n": 3}) == 2
    assert reopened(tmp_path / "data").all() == db.all()


def test_reading_makes_no_commit(db: VaultDB) -> None:
    db.insert({"n": 1})
    before = db.vault.anchor.seq
    with db.transaction():
        db.search(where("n") == 1)
        db.get(doc_id=1)
    assert db.vault.anchor.seq == before


def test_a_caller_never_holds_a_live_document(db: VaultDB) -> None:
    given: dict[str, Any] = {"list": [1]}
    db.insert(given)
    given["list"].append(2)
    held = db.all()[0]
    held["list"].append(3)
    found = db.search(where("list").exists())[0]
    found["list"].append(4)
    one = db.get(doc_id=1)
    assert one is not None
    one["list"].append(5)
    assert db.search(where("list").exists()) == [{"list": [1]}]


@pytest.mark.parametrize("bad", [{"x": {1, 2}}, {"x": b"bytes"}, {"x": object()}])
def test_what_json_cannot_say_is_refused_and_nothing_is_changed(db: VaultDB, tmp_path: Path, bad: Any) -> None:
    db.insert({"n": 1})
    with pytest.raises(TypeError):
        db.insert_multiple([{"n": 2}, bad])
    with pytest.raises(TypeError):
        db.update(bad)
    assert db.all() == [{"n": 1}] == reopened(tmp_path / "data").all()


@given(st.lists(st.tuples(texts, texts, documents), max_size=4))
@settings(max_examples=100, deadline=None)
def test_every_document_reads_back_as_it_was_written(said: list[tuple[str, str, dict[str, Any]]]) -> None:
    blob = b"".join(to_bytes(Op(PUT, table, key, encode(document))) for table, key, document in said)
    read = [placed.op for placed in placed_ops(blob)]
    assert [(op.table, op.key, decode(op.row)) for op in read] == said


def test_a_name_that_is_no_text_is_damage() -> None:
    blob = to_bytes(Op(PUT, "table", "1", b"{}")).replace(b"table", b"t\xffble")
    with pytest.raises(Corrupt):
        list(placed_ops(blob))


def test_threads_that_insert_at_once_get_ids_of_their_own(db: VaultDB) -> None:
    def insert() -> None:
        for n in range(25):
            db.insert({"n": n})

    threads = [threading.Thread(target=insert, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(document.doc_id for document in db) == list(range(1, 101))


def test_a_save_is_one_write_and_one_sync_before_it_returns(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data", disk)
    db.insert({"n": 0})
    disk.steps = 0
    db.insert({"n": 1})
    assert disk.steps == 2


def test_a_save_costs_the_size_of_the_change_and_not_of_the_store(db: VaultDB, tmp_path: Path) -> None:
    db.insert_multiple({"note": "客" * 200} for _ in range(2000))
    before = (tmp_path / "data").stat().st_size
    db.insert({"note": "客" * 200})
    assert (tmp_path / "data").stat().st_size - before < 1000


def asked_elsewhere(ask: Callable[[], Any]) -> Any:
    """What a reader on another thread is told."""
    told: list[Any] = []
    reader = threading.Thread(target=lambda: told.append(ask()), daemon=True)
    reader.start()
    reader.join(30)
    return told[0]


def test_what_is_not_yet_committed_is_seen_by_its_own_thread_alone(db: VaultDB) -> None:
    db.insert_multiple([{"n": 1}, {"n": 2}])
    visits, before = db.rows_of("_default"), db.vault.version

    def looked() -> list[Any]:
        found = [visits.search(where("n") == 9), visits.get(doc_id=2), visits.rows([1, 2, 3]), list(visits.marks())]
        return [*found, len(visits), visits.all(), db.table("other").all(), db.vault.drafted("_default")]

    committed = looked()
    with db.transaction():
        visits.update({"n": 9}, doc_ids=[1])
        visits.remove(doc_ids=[2])
        visits.insert({"n": 9})
        db.table("other").insert({"n": 9})
        assert asked_elsewhere(looked) == committed
        assert asked_elsewhere(lambda: db.vault.version) == before != db.vault.version
        assert [document["n"] for document in visits.search(where("n") == 9)] == [9, 9]
        assert db.vault.drafted("_default") == {"1", "2", "3"}
    assert asked_elsewhere(lambda: [document["n"] for document in visits]) == [9, 9]
    assert asked_elsewhere(lambda: db.vault.version) == db.vault.version != before


def test_nobody_writes_into_the_transaction_of_another_thread(db: VaultDB) -> None:
    def write() -> str:
        try:
            db.vault.draft_of("_default").put("1", b"{}")
        except RuntimeError as refusal:
            return str(refusal)
        return "written"

    with db.transaction():
        assert "inside a transaction" in asked_elsewhere(write)
    assert db.all() == []


def half_a_save(db: VaultDB) -> None:
    with db.attempt():
        db.insert({"n": 2})
        db.update({"n": 9})
        raise ZeroDivisionError


def test_a_part_of_a_transaction_may_fail_alone(db: VaultDB, tmp_path: Path) -> None:
    with db.transaction():
        db.insert({"n": 1})
        with pytest.raises(ZeroDivisionError):
            half_a_save(db)
        db.insert({"n": 3})
    assert db.all() == [{"n": 1}, {"n": 3}] == reopened(tmp_path / "data").all()


def test_one_frame_holds_so_little_that_a_document_of_a_bulk_commit_is_read_by_itself(db: VaultDB) -> None:
    db.insert_multiple({"note": "客" * 300} for _ in range(100))
    rows = db.vault.engine.layers_of("_default").in_order()
    assert len({row.spot.offset for row in rows}) > 5


def frame_sizes(db: VaultDB) -> list[int]:
    rows = db.vault.engine.layers_of("_default").in_order()
    offsets = [*dict.fromkeys(row.spot.offset for row in rows), db.vault.engine.log.end]
    return [behind - offset for offset, behind in itertools.pairwise(offsets)]


def test_a_frame_is_at_most_8_kib_unless_one_document_is_longer(db: VaultDB) -> None:
    db.insert_multiple({"note": "x" * (n * 37 % 3000)} for n in range(300))
    assert max(frame_sizes(db)) <= 8192
    assert min(frame_sizes(db)[:-1]) > 8192 - 3100, "and as full as the next document lets it be"
    compact(db.vault)
    assert max(frame_sizes(db)) <= 8192
    assert sorted(frame_sizes(db))[1] > 8192 - 3200
    db.insert_multiple([{"n": 1}, {"note": "x" * 20_000}, {"n": 2}])
    assert sum(size > 8192 for size in frame_sizes(db)) == 1


def test_tables_and_ids_of_any_text_are_kept(db: VaultDB, tmp_path: Path) -> None:
    strange = "\0\t 表 \udc80"
    db.table(strange).insert(Document({"n": 1}, doc_id=2**127 + 1))
    db.storage.write({strange: {"любой": {"n": 2}}})
    again = reopened(tmp_path / "data")
    assert again.storage.read() == {strange: {"любой": {"n": 2}}}


def test_a_database_that_nobody_holds_any_more_lets_its_file_go_at_once(tmp_path: Path) -> None:
    gc.disable()
    try:
        db = a_database(tmp_path / "data.log")
        db.insert({"n": 1})
        log = weakref.ref(db.vault.engine.log)
        del db
        assert log() is None
    finally:
        gc.enable()
