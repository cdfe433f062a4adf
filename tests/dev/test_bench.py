"""What is measured is honest: the records are visits, the peers answer alike, a miss is told with its number."""

import json
from datetime import date
from pathlib import Path

import pytest

from bench.figures import Figure, Goal, misses, table
from bench.store.captures import Shelf, a_shelf, capturing, figures_of
from bench.store.made_up import a_visit, customers_of, visits
from bench.store.reads import QUESTIONS, reading
from bench.turns import Cost, Turns, take_turns
from visit_core.kinds.visit import Visit
from visit_core.registers import read_registers, spread
from visit_core.shapes import Moment

RECORDS = 60
LATER = Moment(1_900_000_000_000, date(2030, 3, 17))
BESIDE_A_VISIT = {"visit_id", "visit_date", "sync"}

pytestmark = pytest.mark.usefixtures("small_heap")


@pytest.fixture
def shelf(tmp_path: Path):
    filled = a_shelf(RECORDS, tmp_path / "shelf")
    yield filled
    filled.close()


def test_what_is_measured_with_are_visits():
    for visit in visits(0, 50, 7):
        fields = {name: value for name, value in visit.items() if name not in BESIDE_A_VISIT}
        assert read_registers("visit", spread("visit", {}, fields), LATER)
        assert list(Visit.flaws(fields)) == []


def test_made_up_visits_are_the_same_every_time_and_no_two_are_one():
    assert a_visit(7, 10) == a_visit(7, 10)
    assert len({visit["visit_id"] for visit in visits(0, 500, 10)}) == 500
    sizes = [len(json.dumps(visit, ensure_ascii=False).encode()) for visit in visits(0, 200, 10)]
    assert 650 < sum(sizes) / len(sizes) < 800


def test_every_peer_captures_and_holds_what_it_was_given(shelf: Shelf, tmp_path: Path):
    taken = capturing([shelf], tmp_path, turns=2)
    fresh = a_visit(RECORDS, customers_of(RECORDS))
    looks = [shelf.vault.visit, shelf.sqlcipher.visit, *(file.visit for file in shelf.whole)]
    assert [look(RECORDS + 1) for look in looks] == [fresh] * 4
    assert {len(costs) for costs in taken.costs.values()} == {2}
    told = {figure.name: figure.value for figure in figures_of(taken, [RECORDS])}
    assert all(value > 0 for name, value in told.items() if "above raw" not in name)


def test_the_vault_and_sqlcipher_answer_every_question_alike(shelf: Shelf):
    figures = list(reading(shelf, turns=1))
    assert len(figures) == len(QUESTIONS) * 4
    assert all(figure.value > 0 for figure in figures)


def test_a_vault_that_answers_otherwise_is_not_measured(shelf: Shelf):
    shelf.vault.db.drop_tables()
    with pytest.raises((AssertionError, TypeError)):
        list(reading(shelf, turns=1))


def test_every_peer_goes_first_in_its_turn_and_slow_ones_rest_after_three():
    order: list[str] = []

    def goes(name: str):
        def work(_turn: int) -> int:
            order.append(name)
            return 1

        return work

    taken = take_turns({name: goes(name) for name in "abc"}, 4, rests=["c"])
    assert "".join(order) == "abc" + "bca" + "cab" + "ab"
    assert {name: len(costs) for name, costs in taken.costs.items()} == {"a": 4, "b": 4, "c": 3}


def test_a_ratio_is_taken_within_each_turn():
    taken = Turns({"one": [Cost(2), Cost(30), Cost(4)], "other": [Cost(1), Cost(10), Cost(1)]})
    assert taken.ratio("one", "other") == 3
    assert taken.median("one") == 4


@pytest.mark.parametrize(
    ("value", "goal", "verdict"),
    [
        (0.3, Goal(0.5, 0.4), "aim met"),
        (0.45, Goal(0.5, 0.4), "met"),
        (0.6, Goal(0.5, 0.4), "MISS: 0.60 against 0.50"),
        (1.9, Goal(1.8, more=True), "met"),
        (1.7, Goal(1.8, more=True), "MISS: 1.70 against 1.80"),
        (1.7, None, ""),
    ],
)
def test_a_miss_is_told_with_its_number(value: float, goal: Goal | None, verdict: str):
    figure = Figure("a save", value, "x", goal)
    assert figure.verdict == verdict
    assert misses([figure]) == verdict.startswith("MISS")
    assert verdict in table([figure])
