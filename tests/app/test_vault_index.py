"""The index answers what a scan would, from any layers, and is never needed."""

import errno
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.storages import MemoryStorage

from field_app.vault.asked import asked_of
from field_app.vault.compaction import compact
from field_app.vault.database import VaultDB
from field_app.vault.engine import index_of
from field_app.vault.indexes import equal, equal_then_ordered, ordered, unique
from field_app.vault.plan import plan
from field_app.vault.verify import verify
from tests.app.vaults import RefusingDisk, a_database, reopened
from visit_core.errors import NotValid, Rollback

INDEXES = {
    "visits": (unique("id"), equal("who"), ordered("day"), equal_then_ordered(("who",), ("day",)), equal("at", "door")),
}
PEOPLE = ("张三", "李四", "欧阳修远之家电维修服务有限公司", "a", "ab")
DAYS = ("2026-01-01", "2026-01-02", "2026-06-30", "2026-12-31T23:59:59.999Z", "2026-12-31T23:59:59.998Z", "")


def a_visit(dice: random.Random, number: int) -> dict[str, Any]:
    visit: dict[str, Any] = {"id": f"v{number}", "who": dice.choice(PEOPLE), "day": dice.choice(DAYS), "n": number}
    if dice.random() < 0.2:
        del visit[dice.choice(("who", "day"))]
    if dice.random() < 0.2:
        visit["at"] = dice.choice(({"door": dice.choice(PEOPLE)}, "door", {"door": 3}))
    return visit


def a_question(dice: random.Random) -> QueryInstance:
    who, day = where("who") == dice.choice(PEOPLE), dice.choice(DAYS)
    since, until = where("day") >= day, where("day") < dice.choice(DAYS)
    after, upto = where("day") > day, where("day") <= dice.choice(DAYS)
    return dice.choice(
        (
            who,
            since,
            who & since,
            who & after & upto,
            since & until,
            (who & since) | (where("id") == f"v{dice.randrange(80)}"),
            ~who,
            (where("day") == day) & who,
            where("at").door == dice.choice(PEOPLE),
            who | since,
            where("n") >= dice.randrange(60),
            (where("n") == dice.randrange(60)) & who,
            where("who").one_of(list(PEOPLE[:2])),
            (where("at").door == dice.choice(PEOPLE)) & since & (where("id") < f"v{dice.randrange(80)}"),
            (who & since) | until | (where("at").door == dice.choice(PEOPLE)),
        )
    )


class Life:
    """Writes of every sort, done to a vault and to a plain TinyDB; the vault is also looked after in between."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path, self.dice, self.number = path, random.Random(seed), 0
        self.db, self.model = a_database(path, indexes=INDEXES), TinyDB(storage=MemoryStorage)

    def lives_on(self) -> None:
        """One more thing happens."""
        self.number += 1
        often = [self.inserts] * 5 + [self.updates, self.removes, self.checkpoints, self.reopens]
        self.dice.choice(often * 5 + [self.compacts] * 2 + [self.truncates])()

    def inserts(self) -> None:
        visit = a_visit(self.dice, self.number)
        for each in (self.db, self.model):
            each.table("visits").insert(dict(visit))

    def updates(self) -> None:
        question, day = a_question(self.dice), self.dice.choice(DAYS)
        for each in (self.db, self.model):
            each.table("visits").update({"day": day}, question)

    def removes(self) -> None:
        question = (where("n") == self.dice.randrange(60)) | (where("id") == f"v{self.dice.randrange(60)}")
        for each in (self.db, self.model):
            each.table("visits").remove(question)

    def truncates(self) -> None:
        for each in (self.db, self.model):
            each.table("visits").truncate()

    def checkpoints(self) -> None:
        self.db.vault.engine.checkpoint()

    def compacts(self) -> None:
        compact(self.db.vault)

    def reopens(self) -> None:
        self.db.close()
        self.db = reopened(self.path, indexes=INDEXES)
        self.model.table("visits")._next_id = None  # whoever opens a TinyDB counts on from what is there


@given(st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_whatever_was_done_every_question_is_answered_as_a_plain_tinydb_answers_it(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    life = Life(tmp_path_factory.mktemp("life") / "data.log", seed)
    for _ in range(60):
        life.lives_on()
        question, here, there = a_question(life.dice), life.db.table("visits"), life.model.table("visits")
        answers = [there.search(question) for _ in range(2)]
        assert [here.search(question) for _ in answers] == answers
        assert here.get(question) == there.get(question)
        assert here.count(question) == there.count(question) == len(here.search(question))
        assert [visit.doc_id for visit in here] == [visit.doc_id for visit in there]
    assert life.db.table("visits").all() == life.model.table("visits").all()
    assert verify(life.db.vault).documents == len(life.model.table("visits"))


@pytest.fixture
def db(tmp_path: Path) -> VaultDB:
    dice = random.Random(1)
    db = a_database(tmp_path / "data.log", indexes=INDEXES)
    db.table("visits").insert_multiple(a_visit(dice, number) for number in range(80))
    return db


def candidates(db: VaultDB, question: QueryInstance) -> int | None:
    engine = db.vault.engine
    rows = plan(asked_of(question), engine.layers_of("visits"), engine.indexes_of("visits"), engine.document)
    return None if rows is None else len(rows)


def test_a_question_that_an_index_knows_reads_only_what_may_answer(db: VaultDB) -> None:
    found = db.table("visits").search((where("who") == "张三") & (where("day") >= "2026-06-30"))
    assert candidates(db, (where("who") == "张三") & (where("day") >= "2026-06-30")) == len(found) > 0
    assert candidates(db, where("id") == "v7") == 1
    assert candidates(db, where("id") == "nobody") == 0


@pytest.mark.parametrize(
    "question",
    [where("n") == 3, ~(where("who") == "a"), where("who").test(bool), where("who").matches("a"), where("who") != "a"],
)
def test_a_question_of_another_shape_reads_everything(db: VaultDB, question: QueryInstance) -> None:
    assert candidates(db, question) is None


@pytest.mark.parametrize("how", [where("who") == "张三", ~(where("day") == ""), where("n") < 9])
def test_a_question_that_asks_nothing_is_answered_as_tinydb_answers_it(db: VaultDB, how: QueryInstance) -> None:
    nothing, visits = Query().noop(), db.table("visits")
    model = TinyDB(storage=MemoryStorage)
    model.insert_multiple(visits.all())
    for question in (nothing, nothing & how, nothing | how, ~nothing):
        assert visits.search(question) == model.search(question)


def test_a_range_over_numbers_and_texts_is_refused_as_tinydb_refuses_it(db: VaultDB) -> None:
    db.table("visits").insert({"day": 3})
    with pytest.raises(TypeError):
        db.table("visits").search(where("day") >= "2026")


def test_inside_a_transaction_its_own_writes_are_found(db: VaultDB) -> None:
    visits = db.table("visits")
    with db.transaction():
        visits.insert({"who": "新人", "day": "2026-01-01"})
        visits.remove(where("id") == "v7")
        visits.update({"who": "新人"}, where("id") == "v8")
        assert len(visits.search(where("who") == "新人")) == 2
        assert not visits.contains(where("id") == "v7")
    assert len(visits.search(where("who") == "新人")) == 2


def test_no_two_documents_have_what_is_declared_unique(db: VaultDB) -> None:
    visits = db.table("visits")
    with pytest.raises(NotValid, match="not_unique"):
        visits.insert({"id": "v7"})
    with pytest.raises(NotValid, match="not_unique"):
        visits.insert_multiple([{"id": "w"}, {"id": "w"}])
    with db.transaction():
        visits.remove(where("id") == "v7")
        visits.insert({"id": "v7"})
    assert visits.count(where("id") == "v7") == 1


@pytest.mark.parametrize("hurt", ["gone", "cut", "flipped", "another", "long", "short", "a folder"])
def test_without_its_index_a_store_is_the_same_only_slower_to_open(db: VaultDB, tmp_path: Path, hurt: str) -> None:
    path, before = tmp_path / "data.log", db.table("visits").all()
    db.vault.engine.checkpoint()
    db.close()
    index = index_of(path)
    blob = index.read_bytes()
    match hurt:
        case "gone":
            index.unlink()
        case "cut":
            index.write_bytes(blob[:-9])
        case "flipped":
            index.write_bytes(blob[:200] + bytes([blob[200] ^ 1]) + blob[201:])
        case "long" | "short":
            index.write_bytes((b"\xff" if hurt == "long" else b"\0") * 4 + blob[4:])
        case "a folder":
            index.unlink()
            index.mkdir()
        case _:
            other = a_database(tmp_path / "other.log")
            other.insert({"n": 1})
            other.vault.engine.checkpoint()
            index.write_bytes(index_of(tmp_path / "other.log").read_bytes())
    again = reopened(path, indexes=INDEXES)
    assert again.vault.opened.layers == 0
    assert again.table("visits").all() == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_an_index_that_the_disk_refuses_costs_nothing_but_time(tmp_path: Path, number: int) -> None:
    path, disk = tmp_path / "data.log", RefusingDisk()
    db = a_database(path, disk, INDEXES)
    for n in range(3):
        db.table("visits").insert({"n": n})
        disk.refuse_at, disk.errno = disk.steps + 1, number
        db.vault.engine.checkpoint()
        assert disk.steps == disk.refuse_at
        assert len(reopened(path, indexes=INDEXES).table("visits")) == n + 1
    db.vault.engine.checkpoint()
    again = reopened(path, indexes=INDEXES)
    assert (again.vault.opened.frames, len(again.table("visits"))) == (0, 3)


def test_with_its_index_a_store_reads_no_frame_anew(db: VaultDB, tmp_path: Path) -> None:
    before = db.table("visits").all()
    db.vault.engine.checkpoint()
    db.close()
    again = reopened(tmp_path / "data.log", indexes=INDEXES)
    assert (again.vault.opened.frames, again.vault.opened.layers) == (0, 1)
    assert again.table("visits").all() == before


def test_indexes_declared_anew_are_made_by_reading(db: VaultDB, tmp_path: Path) -> None:
    db.vault.engine.checkpoint()
    db.close()
    other = {"visits": (equal("n"), equal("day"))}
    again = reopened(tmp_path / "data.log", indexes=other)
    assert candidates(again, where("day") == "2026-01-01") is not None
    assert again.table("visits").count(where("day") == "2026-01-01") == db.table("visits").count(
        where("day") == "2026-01-01"
    )


def test_a_log_that_ends_before_its_own_index_is_an_older_copy(db: VaultDB, tmp_path: Path) -> None:
    path = tmp_path / "data.log"
    older = path.read_bytes()
    db.table("visits").insert({"id": "new"})
    db.vault.engine.checkpoint()
    db.close()
    path.write_bytes(older)
    with pytest.raises(Rollback):
        reopened(path, indexes=INDEXES)


def test_many_checkpoints_become_few_layers(tmp_path: Path) -> None:
    dice = random.Random(2)
    db = a_database(tmp_path / "data.log", indexes=INDEXES)
    for number in range(40):
        db.table("visits").insert(a_visit(dice, number))
        db.vault.engine.checkpoint()
    db.close()
    again = reopened(tmp_path / "data.log", indexes=INDEXES)
    assert again.vault.opened.layers <= 9
    assert again.vault.opened.frames == 0
    assert len(again.table("visits")) == 40
