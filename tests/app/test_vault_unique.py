"""No two documents have the same text in a unique field, whatever was done before and however it is kept."""

import contextlib
import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tinydb import where

from field_app.vault.compaction import compact
from field_app.vault.database import VaultDB
from field_app.vault.indexes import unique
from tests.app.vaults import a_database, reopened
from visit_core.errors import NotValid

INDEXES = {"people": (unique("phone"), unique("at", "door"))}


class Told:
    """A database, and the phones it ought to have by document id."""

    def __init__(self, path: Path, dice: random.Random) -> None:
        self.path, self.dice, self.phones = path, dice, dict[int, str]()
        self.db = a_database(path, indexes=INDEXES)

    def insert(self) -> None:
        phone = self.phone()
        ids = self.tried(phone, lambda: [self.db.table("people").insert({"phone": phone})])
        self.phones |= dict.fromkeys(ids, phone)

    def insert_behind_an_attempt(self) -> None:
        phone = self.phone()

        def act() -> list[int]:
            with self.db.transaction():
                with contextlib.suppress(ZeroDivisionError), self.db.attempt():
                    self.db.table("people").insert({"phone": phone})
                    raise ZeroDivisionError
                return [self.db.table("people").insert({"phone": phone})]

        self.phones |= dict.fromkeys(self.tried(phone, act), phone)

    def update(self) -> None:
        phone, some = self.phone(), self.some(1)
        ids = self.tried(phone, lambda: self.db.table("people").update({"phone": phone}, doc_ids=some), but=some)
        self.phones |= dict.fromkeys(ids, phone)

    def swap(self) -> None:
        for one, other in zip(*[iter(self.some(2))] * 2, strict=True):
            with self.db.transaction():
                self.db.table("people").update({"phone": self.phones[other]}, doc_ids=[one])
                self.db.table("people").update({"phone": self.phones[one]}, doc_ids=[other])
            self.phones[one], self.phones[other] = self.phones[other], self.phones[one]

    def remove(self) -> None:
        for some in self.some(1):
            self.db.table("people").remove(doc_ids=[some])
            del self.phones[some]

    def drop(self) -> None:
        if self.dice.random() < 0.3:
            self.db.drop_table("people")
            self.phones.clear()

    def checkpoint(self) -> None:
        self.db.vault.engine.checkpoint()

    def compact(self) -> None:
        compact(self.db.vault)

    def reopen(self) -> None:
        self.db.close()
        self.db = reopened(self.path, indexes=INDEXES)

    def phone(self) -> str:
        return f"13{self.dice.randrange(25)}"

    def some(self, count: int) -> list[int]:
        return self.dice.sample(list(self.phones), count) if len(self.phones) >= count else []

    def tried(self, phone: str, act: Callable[[], list[int]], but: Sequence[int] = ()) -> list[int]:
        """Do it, and see that it is refused just if somebody else has the phone."""
        is_free = phone not in {text for key, text in self.phones.items() if key not in but}
        try:
            ids = act()
        except NotValid:
            assert not is_free
            return []
        assert is_free or not ids
        return ids


ACTS = (
    *[Told.insert] * 3,
    *(Told.insert_behind_an_attempt, Told.update, Told.swap, Told.remove, Told.drop),
    *(Told.checkpoint, Told.compact, Told.reopen),
)


@pytest.mark.parametrize("seed", range(6))
def test_a_save_is_refused_just_where_two_documents_would_have_the_same_text(tmp_path: Path, seed: int) -> None:
    told = Told(tmp_path / "data.log", random.Random(seed))
    for _ in range(250):
        told.dice.choice(ACTS)(told)
        assert {row.doc_id: row["phone"] for row in told.db.table("people")} == told.phones


@pytest.mark.parametrize("is_reopened", [False, True])
def test_a_unique_field_may_lie_deeper_and_be_absent(tmp_path: Path, is_reopened: bool) -> None:
    db = a_database(tmp_path / "data.log", indexes=INDEXES)
    db.table("people").insert_multiple([{"at": {"door": "3A"}}, {"at": {"door": 3}}, {"at": "3A"}, {}])
    if is_reopened:
        db.close()
        db = reopened(tmp_path / "data.log", indexes=INDEXES)
    db.table("people").insert_multiple([{"at": {"door": 3}}, {}])
    with pytest.raises(NotValid):
        db.table("people").insert({"at": {"door": "3A"}})


def test_a_document_is_held_against_what_was_said_when_it_was_put(tmp_path: Path) -> None:
    people = a_database(tmp_path / "data.log", indexes=INDEXES).rows_of("people")
    ana = {"phone": "131"}
    people.insert(ana)
    ana["phone"] = "132"
    people.insert({"phone": "132"})
    with pytest.raises(NotValid):
        people.put_many({7: {"phone": "131"}})
    with pytest.raises(NotValid):
        people.insert_multiple([{"phone": "133"}, {"phone": "133"}])
    assert people.count(where("phone").exists()) == 2


def test_a_fresh_id_follows_the_greatest_wherever_it_is_kept(tmp_path: Path) -> None:
    db, path = a_database(tmp_path / "data.log"), tmp_path / "data.log"
    db.rows_of("people").put_many({41: {}, 7: {}, 99: {}})
    db.vault.engine.checkpoint()
    db.table("people").remove(doc_ids=[99])
    db.close()
    db = reopened(path)
    with db.transaction():
        db.rows_of("people").put_many({50: {}})
        db.table("people").remove(doc_ids=[50])
        assert db.table("people").insert({}) == 42
    assert db.table("people").insert({}) == 43


def test_an_update_of_what_answers_changes_all_of_it_or_nothing(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log", indexes=INDEXES)
    people = db.table("people")
    people.insert_multiple({"phone": phone, "n": 0} for phone in ("1", "2"))
    end = db.vault.anchor
    assert people.update({"n": 0}, where("phone") == "2") == [2]
    assert db.vault.anchor == end, "what is as it was is not written"
    assert people.update(lambda document: document.update(n=document["n"] + 1), where("n") == 0) == [1, 2]
    with db.transaction(), pytest.raises(TypeError):
        people.update({"n": {1, 2}}, where("n") == 1)
    with pytest.raises(NotValid):
        people.update({"phone": "1"}, where("phone") == "2")
    assert counts(db) == counts(reopened_after(db, tmp_path / "data.log")) == [[1], [1]]


def counts(db: VaultDB) -> list[list[int]]:
    return [[one["n"] for one in db.table("people").search(where("phone") == phone)] for phone in ("1", "2")]


def reopened_after(db: VaultDB, path: Path) -> VaultDB:
    db.close()
    return reopened(path, indexes=INDEXES)


def test_who_had_a_number_is_not_found_by_it_any_more_and_who_has_it_now_is(tmp_path: Path) -> None:
    people = a_database(tmp_path / "data.log", indexes=INDEXES).table("people")
    people.insert_multiple({"phone": phone} for phone in ("1", "2", "3"))
    people.update({"phone": "4"}, where("phone") == "1")
    people.update({"phone": "1"}, where("phone") == "2")
    people.remove(where("phone") == "3")
    assert {phone: [found.doc_id for found in people.search(where("phone") == phone)] for phone in "1234"} == {
        "1": [2],
        "2": [],
        "3": [],
        "4": [1],
    }


def test_who_asks_beside_a_save_takes_no_number_out_of_what_is_known(tmp_path: Path) -> None:
    people = a_database(tmp_path / "data.log", indexes=INDEXES).table("people")
    people.insert({"phone": "0"})
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            people.search(where("phone") == "0")

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    for n in range(1, 200):
        people.insert({"phone": str(n)})
    done.set()
    asking.join(30)
    assert [people.count(where("phone") == str(n)) for n in range(200)] == [1] * 200
    with pytest.raises(NotValid):
        people.insert({"phone": "77"})
