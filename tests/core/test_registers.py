"""Fields as people know them become registers that merge one by one, and fields again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.registers import fold, read_registers, rule_of, spread
from visit_core.shapes import Moment

NOW = Moment(now_ms=1_795_226_400_000, today=date(2026, 11, 21))
NOTE_ID = "0" * 31 + "1"
words = st.lists(st.sampled_from(["鞋", "表", "茶", "书"]), unique=True)


def members(value: JsonValue) -> set[str]:
    return {str(member) for member in value} if isinstance(value, list) else set()


@given(words, words)
def test_a_set_becomes_what_was_asked_whatever_it_was(before, after):
    registers = spread("customer", {}, {"tags": before})
    registers |= spread("customer", {"tags": before}, {"tags": after})
    assert members(fold("customer", registers).get("tags")) == set(after)


@given(words)
def test_a_new_set_keeps_the_order_it_was_given_in(members):
    assert fold("customer", spread("customer", {}, {"tags": members})).get("tags", []) == members


def test_two_people_who_add_a_tag_each_both_keep_it():
    common = spread("customer", {}, {"tags": ["老客户"]})
    mine = spread("customer", fold("customer", common), {"tags": ["老客户", "有狗"]})
    theirs = spread("customer", fold("customer", common), {"tags": ["老客户", "二楼"]})
    assert members(fold("customer", common | mine | theirs)["tags"]) == {"老客户", "有狗", "二楼"}


def test_only_what_differs_is_set():
    assert spread("customer", {"name": "张三", "age": 3}, {"name": "张三", "age": 4}) == {"age": 4}


def test_a_cleared_field_is_set_to_nothing():
    assert spread("customer", {"email": "a@b.cn"}, {"email": None}) == {"email": None}


def test_a_group_travels_whole():
    changed = spread("visit", {"review_round": 2, "review_state": "pending"}, {"review_state": "approved"})
    assert changed == {"review_state": "approved", "review_round": 2, "reviewed_by": None, "reviewed_at": None}


def test_half_a_group_is_refused():
    with pytest.raises(NotValid, match="half_group"):
        read_registers("visit", {"review_state": "approved"}, NOW)


def test_notes_are_listed_by_their_time():
    early: JsonValue = {"id": NOTE_ID[:-1] + "1", "at": "2026-11-21T01:00:00.000Z"}
    late: JsonValue = {"id": NOTE_ID[:-1] + "2", "at": "2026-11-21T02:00:00.000Z"}
    kept = spread("visit", {}, {"review_notes": [late, early]})
    assert fold("visit", kept)["review_notes"] == [early, late]


def test_two_people_who_add_an_option_each_both_keep_it_in_order():
    first: JsonValue = {"code": "a", "order": 1}
    common = spread("custom_field", {}, {"options": [first]})
    both: Registers = dict(common)
    for code in ("z", "b"):
        both |= spread("custom_field", fold("custom_field", common), {"options": [first, {"code": code, "order": 2}]})
    assert fold("custom_field", both)["options"] == [first, {"code": "b", "order": 2}, {"code": "z", "order": 2}]


def test_what_a_newer_version_wrote_is_kept_as_it_is():
    registers: Registers = {"name": "张三", "shoe_size": 43, "pets.dog": True}
    assert read_registers("customer", registers, NOW) == registers
    assert fold("customer", registers) == registers
    assert fold("kennel", {"dogs": 2}) == {"dogs": 2}


@pytest.mark.parametrize(
    "value", ["a\x00", "\ud800", float("nan"), float("inf"), 2**53, {"a\x00": 1}, ["x" * 30_000], "x" * 30_000]
)
def test_what_no_store_could_keep_is_refused_even_in_unknown_fields(value):
    with pytest.raises(NotValid):
        read_registers("customer", {"shoe_size": value}, NOW)


def test_depth_has_a_limit():
    deep: list = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(NotValid, match="too_deep"):
        read_registers("customer", {"shoe_size": deep}, NOW)


@pytest.mark.parametrize(
    "registers",
    [
        {"tags": ["a"]},
        {"tags. a": True},
        {f"review_notes.{NOTE_ID}": {"id": "f" * 32, "comment": "x"}},
        {f"review_notes.{NOTE_ID}": "x"},
        {"mobile": "12345"},
    ],
)
def test_a_register_that_does_not_fit_its_field_is_refused_by_name(registers):
    with pytest.raises(NotValid) as refused:
        read_registers("visit" if "review" in str(registers) else "customer", registers, NOW)
    assert refused.value.field in registers


def test_times_and_the_customer_of_a_visit_are_written_once():
    rule = rule_of("visit")
    once = ("customer_id", "check_in_at", "check_out_at", "check_in_fix", "created_at")
    assert {rule(name) for name in once} == {"first"}
    assert {rule("content"), rule("review_state")} == {"last"}
