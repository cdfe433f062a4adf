"""Does a table of customers stand in the order of its column?"""

import pytest

from field_app.actions.customer_list import CustomerRow
from field_app.actions.customer_order import COLUMNS, Order, in_order


def row(name, **known):
    nothing = {"phone": "", "address": "", "last_visit": "", "stage": "", "completeness": 50, "is_incomplete": False}
    nothing |= {"do_not_visit": False, "sync_state": "confirmed", "number": "", "tags": ()}
    return CustomerRow(id=name, name=name, **{**nothing, **known})


def names(rows):
    return [each.name for each in rows]


def test_names_stand_in_the_order_of_their_pinyin_after_latin_ones():
    rows = [row("赵敏"), row("陈伟"), row("Ana"), row("李娜")]
    assert names(in_order(rows, Order("name"))) == ["Ana", "陈伟", "李娜", "赵敏"]
    assert names(in_order(rows, Order("name", is_falling=True))) == ["赵敏", "李娜", "陈伟", "Ana"]


def test_stages_stand_in_the_order_in_which_a_customer_goes_through_them():
    rows = [row("甲", stage="loyal"), row("乙", stage="lead"), row("丙", stage="active")]
    assert names(in_order(rows, Order("stage"))) == ["乙", "丙", "甲"]


@pytest.mark.parametrize("is_falling", [False, True])
@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("last", {"last_visit": "2026-11-02T01:00:00Z"}),
        ("phone", {"number": "13800000000"}),
        ("stage", {"stage": "lead"}),
        ("address", {"address": "幸福路"}),
    ],
)
def test_of_whom_a_column_says_nothing_comes_last_either_way(column, known, is_falling):
    rows = [row("无"), row("有", **known)]
    assert names(in_order(rows, Order(column, is_falling))) == ["有", "无"]


def test_equals_keep_the_order_in_which_they_were_given():
    rows = [row("甲", completeness=40), row("乙", completeness=40), row("丙", completeness=20)]
    assert names(in_order(rows, Order("complete"))) == ["丙", "甲", "乙"]


def test_a_head_turns_one_way_then_the_other_and_then_lets_go():
    once = Order().turned("name")
    twice = once.turned("name")
    assert (once, twice, twice.turned("name")) == (Order("name"), Order("name", is_falling=True), Order())


def test_the_latest_visit_and_the_fullest_record_come_on_top_first():
    assert Order("name").turned("last") == Order("last", is_falling=True)
    assert Order().turned("complete").turned("complete") == Order("complete")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_can_be_ordered_by_and_loses_nobody(column):
    rows = [row("甲", stage="lead"), row(""), row("乙", last_visit="2026-11-02T01:00:00Z")]
    assert sorted(names(in_order(rows, Order(column)))) == sorted(names(rows))
