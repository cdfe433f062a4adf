"""What is a customer of a grade to have, and when is somebody to go there again?"""

from datetime import date

import pytest
from pydantic import JsonValue

from visit_core.rules.care import care_by_tier, next_visit, tier_of

SAID: list[dict[str, JsonValue]] = [
    {"tier": "A", "visit_every_days": 21, "reward": "生日礼盒"},
    {"tier": "B", "care": "节日短信"},
    {"tier": "A", "visit_every_days": 14, "reward": "九折"},
]


def test_a_grade_without_a_strategy_has_the_usual_days_and_no_reward():
    told = care_by_tier(())
    assert {tier: (one.days, one.reward, one.is_set) for tier, one in told.items()} == {
        "A": (30, "", False),
        "B": (60, "", False),
        "C": (90, "", False),
    }


def test_what_an_admin_has_written_counts_and_of_two_that_were_made_apart_the_last():
    told = care_by_tier(SAID)
    assert (told["A"].days, told["A"].reward) == (14, "九折")
    assert (told["B"].days, told["B"].care, told["B"].is_set) == (60, "节日短信", True)


@pytest.mark.parametrize(("grade", "tier"), [("A", "A"), ("B", "B"), ("C", "C"), ("", "C")])
def test_whose_grade_says_nothing_yet_stands_with_those_of_whom_more_is_hoped(grade, tier):
    assert tier_of(grade) == tier


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, None),
        (date(2026, 11, 1), date(2026, 11, 15)),
        (date(2026, 12, 20), date(2027, 1, 3)),
        (date(2028, 2, 20), date(2028, 3, 5)),
    ],
)
def test_the_next_visit_is_due_so_many_days_after_the_last(last, due):
    assert next_visit(care_by_tier(SAID)["A"], last) == due
