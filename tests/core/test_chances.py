"""Of whom may a sale come now, and why: the vectors of the rule, and laws that hold whatever the facts are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from visit_core.rules.chances import Signals, chance_of
from visit_core.rules.why import why_likely

TODAY = date(2026, 11, 21)


def bought(*days_ago: int) -> list[dict[str, JsonValue]]:
    return [{"purchase_date": (TODAY - timedelta(days=days)).isoformat()} for days in days_ago]


def seen(*kinds: str, days_ago: int = 3) -> list[dict[str, JsonValue]]:
    return [{"kind": kind, "at": f"{(TODAY - timedelta(days=days_ago)).isoformat()}T02:00:00.000Z"} for kind in kinds]


VECTORS: dict[str, tuple[Signals, list[tuple[str, int]]]] = {
    "nothing": (Signals(), []),
    "a need": (Signals(needs=[{"status": "open", "urgency": "normal", "priority": "medium"}]), [("N", 20)]),
    "an urgent need": (Signals(needs=[{"status": "doing", "urgency": "urgent"}, {"status": "open"}]), [("N", 30)]),
    "a need that was met": (Signals(needs=[{"status": "done", "priority": "high"}]), []),
    "one purchase": (Signals(purchases=bought(40)), []),
    "due again": (Signals(purchases=bought(30, 60, 90)), [("R", 30)]),
    "nearly due": (Signals(purchases=bought(24, 54)), [("R", 15)]),
    "not yet due": (Signals(purchases=bought(23, 53)), []),
    "long gone": (Signals(purchases=bought(91, 121)), []),
    "at the edge of long gone": (Signals(purchases=bought(90, 120)), [("R", 30)]),
    "bought twice on one day": (Signals(purchases=bought(30, 30)), []),
    "a purchase of tomorrow": (Signals(purchases=bought(-1, 60)), []),
    "looked twice": (Signals(events=seen("browse", "browse")), [("B", 4)]),
    "looked at everything": (Signals(events=seen(*["click"] * 9)), [("B", 20)]),
    "looked long ago": (Signals(events=seen("click", days_ago=30)), []),
    "bought in a shop": (Signals(events=seen("purchase")), []),
    "an opportunity": (Signals(opportunities=[{"stage": "contact"}]), [("O", 10)]),
    "a quote": (Signals(opportunities=[{"stage": "contact"}, {"stage": "quote"}]), [("O", 20)]),
    "won": (Signals(opportunities=[{"stage": "won"}, {"stage": "lost"}]), []),
    "promising": (Signals(promise=70), [("P", 14)]),
    "not promising": (Signals(promise=39), []),
    "promising and bought": (Signals(purchases=bought(1), promise=100), []),
    "all at once": (
        Signals([{"priority": "high"}], bought(30, 60), seen("favourite", "click"), [{"stage": "negotiate"}]),
        [("N", 30), ("R", 30), ("O", 20), ("B", 12)],
    ),
}


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_a_chance(vector):
    signals, reasons = VECTORS[vector]
    told = chance_of(signals, TODAY)
    assert [(one.letter, one.gives) for one in told.reasons] == reasons
    assert told.score == sum(gives for _, gives in reasons)


@pytest.mark.parametrize(("signals", "is_listed"), [(Signals(promise=74), False), (Signals(promise=75), True)])
def test_who_has_fifteen_points_is_worth_a_line(signals, is_listed):
    assert chance_of(signals, TODAY).is_listed is is_listed


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_is_told_with_what_it_gives(lang):
    told = chance_of(VECTORS["all at once"][0], TODAY)
    said = why_likely(told, lang)
    assert len(said) == len(told.reasons)
    assert all(f"+{one.gives}" in line for one, line in zip(told.reasons, said, strict=True))
    assert not any("…" in line or "{" in line for line in said)


@given(
    st.lists(st.integers(0, 2000), max_size=8),
    st.lists(st.sampled_from(["browse", "click", "favourite", "search", "other", "purchase", "newer"]), max_size=40),
    st.integers(0, 100),
    st.integers(-5, 400),
)
def test_a_chance_is_the_sum_of_its_reasons_and_never_more_than_a_hundred(days, kinds, promise, ago):
    signals = Signals([{}], bought(*days), seen(*kinds, days_ago=ago), [{"stage": "quote"}], promise)
    told = chance_of(signals, TODAY)
    assert told.score == min(100, sum(one.gives for one in told.reasons))
    assert [one.gives for one in told.reasons] == sorted((one.gives for one in told.reasons), reverse=True)
