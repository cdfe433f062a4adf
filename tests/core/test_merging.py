"""Two phones and a server agree, in whatever order they meet."""

from hypothesis import given
from hypothesis import strategies as st

from visit_core.merge import Cell, merge

values = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["甲", "乙"])
stamps = st.builds(lambda ms, device: f"{ms:015x}{device * 8}", st.integers(0, 4), st.sampled_from("ab"))
cell = st.builds(Cell, values, stamps, st.just("0" * 32), st.integers(0, 2))
cells = st.dictionaries(st.sampled_from(["name", "tags.vip", "check_in_at", "deleted"]), cell, max_size=4)


def rule_of(register):
    return "first" if register == "check_in_at" else "last"


def seen(merged):
    """What people see of it: values and stamps."""
    return {register: (c.value, c.at) for register, c in merged.items()}


@given(cells, cells, cells)
def test_it_does_not_matter_in_which_order_three_phones_meet(a, b, c):
    left = merge(merge(a, b, rule_of), c, rule_of)
    right = merge(a, merge(c, b, rule_of), rule_of)
    assert seen(left) == seen(right)


@given(cells, cells)
def test_it_does_not_matter_how_often_the_same_news_arrives(a, b):
    once = merge(a, b, rule_of)
    assert seen(merge(once, b, rule_of)) == seen(once)


@given(cells, cells)
def test_nothing_appears_that_nobody_wrote(a, b):
    for register, c in merge(a, b, rule_of).items():
        assert c in (a.get(register), b.get(register))


def test_the_later_stamp_wins():
    early, late = Cell("x", "1" * 15 + "a" * 8, "p"), Cell("y", "2" * 15 + "a" * 8, "q")
    assert merge({"name": late}, {"name": early}, rule_of)["name"] is late


def test_the_larger_device_wins_when_two_stamps_are_of_one_moment():
    mine, theirs = Cell("x", "1" * 15 + "a" * 8, "p"), Cell("y", "1" * 15 + "b" * 8, "q")
    assert merge({"name": mine}, {"name": theirs}, rule_of)["name"] is theirs


def test_what_is_written_once_keeps_its_first_value_and_an_empty_one_never_counts():
    empty = Cell(None, "0" * 15 + "a" * 8, "p")
    first, second = Cell("9:00", "1" * 15 + "a" * 8, "p"), Cell("9:30", "2" * 15 + "a" * 8, "q")
    assert merge({"check_in_at": second}, {"check_in_at": first}, rule_of)["check_in_at"] is first
    assert merge({"check_in_at": empty}, {"check_in_at": second}, rule_of)["check_in_at"] is second
