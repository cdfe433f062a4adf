"""Reading: every value comes back as it was given, and what is remembered is what is there."""

import json
import threading
from collections import OrderedDict
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where

from field_app.vault.answers import Answer, Answers
from field_app.vault.asked import asked_of
from field_app.vault.cache import KnownRows, RowCache
from field_app.vault.database import VaultDB
from field_app.vault.indexes import equal, ordered
from field_app.vault.layers import Layers
from field_app.vault.ops import decode, encode
from field_app.vault.plan import MOST_WORDINGS, way_to
from field_app.vault.table import VaultTable
from tests.app.vaults import a_database, reopened

texts = st.sampled_from(["", "a", "b", "张三", "2026-01-01", "2026-01-01T09:00:00.000Z"])
values = texts | st.integers(0, 2) | st.none() | st.dictionaries(st.sampled_from("xy"), texts | st.integers(0, 2))


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    "value",
    ["\ud800 alone", nested(600), -0.0, 5e-324, 2**70, -(2**64), 0.1 + 0.2, float("inf"), "\0\x7f\u2028😀", {}, None],
)
def test_what_the_quick_parser_cannot_read_reads_back_all_the_same(value: Any) -> None:
    assert repr(decode(encode({"a": value, "b": [value]}))) == repr({"a": value, "b": [value]})


class Grade(StrEnum):
    A = "a"


class Colour(Enum):
    RED = "red"


class Name(NamedTuple):
    family: str


REFUSED = [{"a"}, b"a", date(2026, 11, 22), Decimal("1.5"), UUID(int=1), Colour.RED, Path("a"), iter("a"), object(), 1j]


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("within", [lambda value: value, lambda value: [value], lambda value: {"b": [{"c": value}]}])
def test_what_json_cannot_say_is_refused_and_not_kept_as_something_else(value: Any, within: Any) -> None:
    with pytest.raises(TypeError):
        encode({"a": within(value)})


def test_what_only_behaves_like_json_is_kept_as_the_standard_library_keeps_it(db: VaultDB) -> None:
    one = {"shared": [1]}
    said = {1: "one", None: (), "name": Name("张"), "nan": float("nan"), "grade": Grade.A, "twice": [one, one]}
    kept = db.get(doc_id=db.insert({"a": said}))
    assert repr(kept["a"]) == repr(json.loads(json.dumps(said)))


def test_a_circle_is_refused(db: VaultDB) -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="Circular"):
        db.insert({"a": circle})
    assert len(db) == 8


plain = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(exclude_categories=[])),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=3), part, max_size=3),
    max_leaves=9,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=[]), max_size=3), plain, max_size=4))
@settings(max_examples=200, deadline=None)
def test_a_document_is_written_as_the_standard_library_would_have_it_read(document: dict[str, Any]) -> None:
    assert repr(json.loads(encode(document).decode("utf-8", "surrogatepass"))) == repr(document)


@given(st.floats() | st.integers() | st.text(st.characters(exclude_categories=[])))
@settings(max_examples=200, deadline=None)
def test_a_value_reads_as_the_standard_library_reads_it(value: object) -> None:
    row = encode({"a": value})
    assert repr(decode(row)) == repr(json.loads(row.decode("utf-8", "surrogatepass")))


@pytest.fixture
def db(tmp_path: Path) -> VaultDB:
    db = a_database(tmp_path / "data.log", indexes={"_default": (equal("who"), ordered("day"))})
    db.insert_multiple({"who": "ab"[n % 2], "day": f"2026-01-{n:02}", "n": n, "list": [n]} for n in range(1, 9))
    return db


def numbers(db: VaultDB, question: Any) -> list[int]:
    return [document["n"] for document in db.search(question)]


ASKED = [where("who") == "a", (where("who") == "a") & (where("day") >= "2026-01-04"), where("n") > 5]


@pytest.mark.parametrize("question", ASKED)
def test_a_repeated_question_sees_every_write_since(db: VaultDB, question: Any) -> None:
    assert numbers(db, question) == numbers(db, question)
    db.insert({"who": "a", "day": "2026-02-01", "n": 9})
    assert numbers(db, question)[-1] == 9
    db.update({"who": "nobody", "n": 0, "day": ""}, where("n") == 9)
    assert 9 not in numbers(db, question)
    db.remove(where("n") == 8)
    assert 8 not in numbers(db, question)
    db.drop_tables()
    assert numbers(db, question) == []


def test_a_repeated_question_sees_what_another_table_object_wrote(db: VaultDB) -> None:
    question = where("who") == "a"
    assert len(db.search(question)) == 4
    other = VaultTable(db.vault, "_default")
    other.insert({"who": "a", "n": 9})
    db.storage.write({"_default": {**dict(db.storage.read() or {})["_default"], "10": {"who": "a", "n": 10}}})
    assert numbers(db, question)[-2:] == [9, 10]


def asks_and_fails(db: VaultDB, question: Any, expected: list[int]) -> None:
    with db.transaction():
        db.insert({"who": "a", "n": 9})
        assert numbers(db, question) == numbers(db, question) == expected
        raise ZeroDivisionError


def test_a_repeated_question_sees_its_transaction_and_forgets_it_when_undone(db: VaultDB) -> None:
    question = where("who") == "a"
    before = numbers(db, question)
    with pytest.raises(ZeroDivisionError):
        asks_and_fails(db, question, [*before, 9])
    assert numbers(db, question) == before


@pytest.mark.parametrize("question", ASKED)
def test_what_a_caller_does_to_an_answer_is_seen_by_nobody_else(db: VaultDB, question: Any) -> None:
    before = json.dumps(db.search(question))
    for _ in range(3):
        for document in db.search(question):
            document["list"].append("mine")
            document["who"] = "me"
    db.search(question).clear()
    assert json.dumps(db.search(question)) == before


def test_no_more_answers_are_remembered_than_the_cache_has_room_for(db: VaultDB) -> None:
    table = db.table("small", cache_size=2)
    for n in range(5):
        table.search(where("n") == n)
    assert [(where("n") == n) in table._query_cache for n in range(5)] == [False, False, False, True, True]
    assert not db.table("none", cache_size=0).search(where("n") == 1)
    assert len(db.table("none")._query_cache) == 0


class LetGo(OrderedDict[Any, Any]):
    """Answers that a save on another thread lets go of the moment after one of them was found."""

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key, default)
        self.clear()
        return found

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        self.clear()
        return found

    def __len__(self) -> int:
        size = super().__len__()
        self.clear()
        return size


def test_an_answer_that_a_save_lets_go_of_while_it_is_asked_for_is_looked_for_again(db: VaultDB) -> None:
    question = where("who") == "a"
    before = numbers(db, question)
    answers = db.table("_default")._query_cache
    answers.cache, answers.capacity = LetGo(answers.cache), -1  # whatever is kept is one too many
    assert numbers(db, question) == numbers(db, question) == before


def test_a_document_read_before_a_write_is_not_remembered_after_it() -> None:
    rows = RowCache().of("visits")
    seen = rows.state
    rows.forget("1")
    rows.keep("1", b"old", rows.state)
    rows.settle("1", b"new")
    rows.keep("1", b"old", seen)
    assert rows.get("1") == b"new"
    assert not rows.is_still(seen)


def test_what_is_remembered_is_bounded_in_bytes_over_all_tables() -> None:
    cache = RowCache(20_000)
    tables = [cache.of(name) for name in ("visits", "outbox")]
    for n in range(200):
        tables[n % 2].keep(str(n), bytes(1000), tables[n % 2].state)
        assert tables[0].get("0") is not None, "what is asked for again and again stays"
    held = [key for key in map(str, range(200)) if any(key in rows._young or key in rows._older for rows in tables)]
    assert 5 < len(held) < 20
    assert KnownRows().get("1") is None


def test_a_reader_beside_a_writer_never_keeps_an_older_version(db: VaultDB) -> None:
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            db.get(doc_id=1)
            db.search(where("who") == "a")

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for n in range(150):
        db.update({"n": n}, doc_ids=[1])
    done.set()
    reader.join(30)
    assert not reader.is_alive()
    one = db.get(doc_id=1)
    assert one is not None
    assert one["n"] == 149
    assert [document["n"] for document in db.search((where("who") == "b") & (where("day") == "2026-01-01"))] == [149]


class _Forgetful(OrderedDict[Any, Any]):
    """What is read from it has been forgotten by somebody else by the time it is used."""

    def get(self, key: Any, default: Any = None) -> Any:
        found = super().get(key, default)
        self.clear()
        return found


def test_an_answer_that_a_writer_forgets_while_it_is_read_is_given_all_the_same() -> None:
    answers = Answers(capacity=4)
    answers.keep("who", Answer(1, ["7"]))
    answers.cache = _Forgetful(answers.cache)
    assert answers.known("who") == Answer(1, ["7"])


def test_a_long_document_is_read_again_for_an_index_declared_anew(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log")
    db.insert({"who": "a", "note": "客" * 9000})
    db.vault.engine.checkpoint()
    db.close()
    again = reopened(tmp_path / "data.log", indexes={"_default": (equal("who"),)})
    assert [len(document["note"]) for document in again.search(where("who") == "a")] == [9000]


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from("=<>lg"), texts), min_size=1, max_size=3), values
)
@settings(max_examples=300, deadline=None)
def test_a_question_of_texts_is_answered_as_tinydb_answers_it(asked: list[tuple[str, str, str]], value: Any) -> None:
    question: Any = None
    for name, how, text in asked:
        path = where(name) if name == "a" else where("b")["x"]
        part = {"=": path == text, "<": path < text, ">": path > text, "l": path <= text, "g": path >= text}[how]
        question = part if question is None else question & part
    document = {"a": value, "b": value}
    demanded = asked_of(question)
    assert demanded is not None
    holds = way_to(demanded, Layers(), ()).holding(demanded.texts, question)
    try:
        said = question(document)
    except TypeError:
        with pytest.raises(TypeError):
            holds(document)
    else:
        assert holds(document) == said


def test_questions_that_differ_in_their_texts_alone_share_their_ways_and_ways_are_bounded(db: VaultDB) -> None:
    layers = db.vault.engine.layers_of("_default")
    for n in range(50):
        assert db.search((where("who") == f"nobody {n}") & (where("day") >= "2026")) == []
    assert 1 <= len(layers.ways) <= 2, "which of the two demands is named first hangs on the texts"
    for n in range(2 * MOST_WORDINGS):
        assert db.search((where(f"path {n}") == "a") & (where("who") == "a")) == []
    assert len(layers.ways) <= MOST_WORDINGS


def test_a_way_is_another_when_the_indexes_are(db: VaultDB) -> None:
    question = where("who") == "a"
    before = numbers(db, question)
    db.vault.engine.checkpoint()
    assert numbers(db, question) == before
    db.drop_tables()
    db.insert({"who": "a", "n": 9})
    assert numbers(db, question) == [9]
