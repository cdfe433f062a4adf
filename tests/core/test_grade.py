"""What a customer is worth: the vectors of the rule, its edges, and laws that hold whatever the facts are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visit_core.fields import Fields
from visit_core.rules.assessing import History, assess
from visit_core.rules.grade import Thresholds, Worth, graded, prospect
from visit_core.rules.why import why_grade, why_promising

TODAY = date(2026, 11, 21)


def purchases(last, *amounts):
    return [{"purchase_date": last, "amount": amount} for amount in amounts]


VECTORS: dict[str, tuple[Fields, History, str, int]] = {
    "V1": ({"willingness": 4}, History(purchases("2026-11-11", "3000.00", "3000.00", "2500.00"), referrals=1), "A", 68),
    "V2": ({"purchase_intention": "neutral"}, History(purchases("2026-11-01", "1200.00")), "B", 42),
    "V3": ({"purchase_intention": "no"}, History(purchases("2025-10-01", "9000.00")), "C", 6),
    "V5": ({"willingness": 4}, History(purchases("2026-10-22", "1000.00", *["0.00"] * 11)), "A", 60),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_the_rule(vector):
    customer, history, grade, score = VECTORS[vector]
    told = assess(customer, history, TODAY)
    assert (told.by_rule.grade, told.by_rule.score, told.grade) == (grade, score, grade)


def test_who_never_bought_is_c_and_may_be_most_promising():
    told = assess({"willingness": 5, "strategic_value": 5, "purchase_power": 4}, History(), TODAY)
    assert (told.grade, told.prospect.score) == ("C", 94)


@pytest.mark.parametrize(
    ("letter", "facts", "points"),
    [
        *[("R", {"days_since": days}, points) for days, points in ((0, 5), (30, 5), (31, 4), (90, 4), (91, 3))],
        *[("R", {"days_since": days}, points) for days, points in ((180, 3), (181, 2), (365, 2), (366, 1), (None, 0))],
        *[
            ("F", {"bought": n}, points)
            for n, points in ((12, 5), (11, 4), (6, 4), (5, 3), (3, 3), (2, 2), (1, 1), (0, 0))
        ],
        *[("M", {"spent": Decimal(n)}, points) for n, points in (("20000", 5), ("19999.99", 4), ("8000", 4))],
        *[("M", {"spent": Decimal(n)}, points) for n, points in (("3000", 3), ("1000", 2), ("0.01", 1), ("0", 0))],
        *[("P", {"referrals": n}, points) for n, points in ((5, 5), (4, 4), (3, 4), (2, 3), (1, 2), (0, 0))],
    ],
)
def test_the_edges_of_each_term(letter, facts, points):
    terms = {term.letter: term for term in graded(Worth(**{"days_since": 1, **facts})).terms}
    assert terms[letter].points == points


def test_an_unknown_amount_is_left_out_of_the_sum_and_said():
    told = assess({}, History(purchases("2026-11-11", "900.00", None)), TODAY)
    assert (told.worth.bought, told.worth.spent, told.by_rule.unknown) == (2, Decimal(900), 1)


def test_a_purchase_that_lies_ahead_counts_for_nothing_yet():
    assert assess({}, History(purchases("2026-11-22", "99999.00")), TODAY).worth.days_since is None


def test_other_thresholds_give_another_grade_for_the_same_score():
    worth = Worth(days_since=1, bought=3, spent=Decimal(8500))
    assert graded(worth).grade == "B"
    assert graded(worth, Thresholds(a=50, b=20, version=2)).grade == "A"


@pytest.mark.parametrize(("days", "grade"), [(0, "A"), (180, "A"), (181, "C")])
def test_a_grade_given_by_hand_stands_for_half_a_year(days, grade):
    given_on = (TODAY - timedelta(days=days)).isoformat()
    told = assess({"grade_manual": "A", "grade_reason": "大客户", "grade_manual_on": given_on}, History(), TODAY)
    assert (told.grade, told.is_by_hand) == (grade, grade == "A")


def test_a_grade_says_why_it_is_so():
    customer, history, _, _ = VECTORS["V1"]
    told = why_grade(customer, assess(customer, history, TODAY), "zh")
    assert told[:2] == ["得分 68（满分 100）", "最近一次购买在 10 天前：5/5 分，计 20 分"]
    assert told[3] == "近一年购买 ¥8,500：4/5 分，计 24 分"
    assert why_grade({}, assess({}, History(), TODAY), "zh")[0] == "还没有购买记录，所以是 C"
    by_hand: Fields = {"grade_manual": "A", "grade_reason": "大客户"}
    assert why_grade(by_hand, assess(by_hand, History(), TODAY), "zh") == ["人工评级：大客户"]


def test_a_promise_says_why_it_is_so():
    told = assess({"purchase_intention": "yes"}, History(), TODAY)
    assert why_promising(told, "en")[:2] == ["Score 40 of 100", "Willingness 4: 4 of 5, gives 40"]


worths = st.builds(
    Worth,
    days_since=st.none() | st.integers(0, 5000),
    bought=st.integers(0, 50),
    spent=st.decimals(0, 10**8, places=2),
    referrals=st.integers(0, 20),
    willingness=st.integers(0, 5),
    strategic=st.integers(0, 5),
    power=st.integers(0, 5),
)


@given(worths)
def test_the_terms_make_up_the_score_and_the_score_lies_in_a_hundred(worth):
    for told in (graded(worth), prospect(worth)):
        assert sum(term.gives for term in told.terms) == told.score
        assert 0 <= told.score <= 100
        assert all(0 <= term.points <= 5 for term in told.terms)


@given(worths, st.sampled_from(["bought", "spent", "referrals", "willingness", "strategic"]))
def test_more_of_anything_never_lowers_the_score(worth, name):
    value = getattr(worth, name)
    more = Worth(**{field: getattr(worth, field) for field in worth.__dataclass_fields__} | {name: value + 1})
    if name not in ("willingness", "strategic") or value < 5:
        assert graded(more).score >= graded(worth).score


@given(worths)
def test_who_never_bought_is_always_c(worth):
    if worth.days_since is None:
        assert graded(worth).grade == "C"
