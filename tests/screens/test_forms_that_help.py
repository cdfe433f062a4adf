"""Does a form ask only for what is asked, say how a day is written, and save the keys of a small number?"""

from typing import Any

import flet as ft
import pytest

from field_app.forms import Draft
from field_app.screens.field_control import field_control
from field_app.screens.form import form
from tests.screens.test_forms import NOON, around, one
from visit_core.custom import custom_specs
from visit_core.fields import fields_of
from visit_core.kinds import kind_named

CHILD: dict[str, Any] = {"key": "child_age", "label_zh": "孩子年龄", "data_type": "integer", "required_level": "must"}
CHILD |= {"validation": {"min": "0", "max": "18"}, "visible_if": {"field": "has_child", "op": "is", "value": "true"}}
HAS = {"key": "has_child", "label_zh": "有孩子", "data_type": "yes_no"}


def a_draft(*told, **given):
    own = custom_specs("customer", [{"entity": "customer", **one} for one in told])
    kind = kind_named("customer")
    return Draft(kind, given, lambda: NOON, lambda name, raw: None, specs={**fields_of(kind), **own})


def test_a_field_comes_and_goes_with_what_it_waits_for(window):
    draft = a_draft(HAS, CHILD)
    shown = window(form, draft, around()[0], (), "remarks")
    assert not shown.sees("孩子年龄")
    shown.turn("有孩子", True)
    assert shown.sees("孩子年龄")
    assert "custom.child_age" in draft.missing("quick")
    shown.turn("有孩子", False)
    assert not shown.sees("孩子年龄")
    assert "custom.child_age" not in draft.missing("quick")


def test_a_field_that_nobody_asks_for_is_not_counted(window):
    draft = a_draft(HAS, CHILD, remark="喜欢周末")
    shown = window(form, draft, around()[0])
    total = len(draft.section("remarks"))
    assert shown.sees(f"已填 1/{total - 1}")


def test_a_field_stands_by_itself_only_while_it_is_asked_for(window):
    draft = a_draft(HAS, CHILD)
    names = ("custom.has_child", "custom.child_age")
    shown = window(lambda: ft.Column([field_control(draft, name, around()[0]) for name in names]))
    assert not shown.sees("孩子年龄")
    shown.turn("有孩子", True)
    shown.type("孩子年龄", "7")
    assert draft.fields()["custom.child_age"] == 7


@pytest.mark.parametrize(
    ("lang", "label", "help_text"),
    [
        ("zh", "谢绝上门至(yyyy-mm-dd)", "请按照此格式填写日期"),
        ("en", "Do not visit until (yyyy-mm-dd)", "Please write the date in this form"),
    ],
)
def test_a_day_says_how_it_is_written(window, lang, label, help_text):
    shown = one(window, a_draft(), "do_not_visit_until", around(lang)[0])
    assert shown.labelled(label, ft.TextField).helper == help_text


def test_a_label_that_says_it_already_says_it_once(window):
    draft = Draft(kind_named("purchase"), {}, lambda: NOON, lambda name, raw: None)
    shown = one(window, draft, "purchase_date")
    assert shown.sees("购买日期(yyyy-mm-dd)")
    assert not shown.sees("(yyyy-mm-dd)(")


def test_a_small_number_goes_up_and_down_with_a_tap(window):
    draft = a_draft()
    shown = one(window, draft, "age")
    for _ in range(3):
        shown.tap("年龄加一")
    assert draft.fields()["age"] == 2
    shown.tap("年龄减一")
    shown.tap("年龄减一")
    assert draft.fields()["age"] == 0
    assert "年龄减一" not in shown.names()


def test_a_step_follows_what_is_typed_and_ends_at_the_limit(window):
    draft = a_draft()
    shown = one(window, draft, "age")
    shown.type("年龄", "119")
    shown.tap("年龄加一")
    assert draft.fields()["age"] == 120
    assert "年龄加一" not in shown.names()
    shown.type("年龄", "很老")
    assert "年龄减一" not in shown.names()


def test_pieces_begin_at_one_and_never_come_to_nothing(window):
    draft = Draft(kind_named("purchase"), {}, lambda: NOON, lambda name, raw: None)
    shown = one(window, draft, "quantity")
    shown.tap("购买数量加一")
    assert draft.fields()["quantity"] == "1"
    assert "购买数量减一" not in shown.names()
    shown.type("购买数量", "2.5")
    shown.tap("购买数量减一")
    shown.tap("购买数量减一")
    assert draft.fields()["quantity"] == "0.5"
    assert "购买数量减一" not in shown.names()


def test_a_small_sum_and_a_small_measure_of_our_own_are_counted_and_large_ones_typed(window):
    tip: dict[str, Any] = {"key": "tip", "label_zh": "小费", "data_type": "money", "validation": {"max": "100"}}
    waist: dict[str, Any] = {"key": "waist", "label_zh": "腰围", "data_type": "decimal"}
    waist |= {"validation": {"min": "1.8", "max": "4"}}
    draft = a_draft(tip, waist, {"key": "rent", "label_zh": "房租", "data_type": "money"})
    sums = one(window, draft, "custom.tip")
    sums.type("小费", "9.5")
    sums.tap("小费加一")
    feet = one(window, draft, "custom.waist")
    feet.tap("腰围加一")
    feet.tap("腰围加一")
    assert (draft.fields()["custom.tip"], draft.fields()["custom.waist"]) == ("10.50", "2.8")
    assert "房租加一" not in one(window, draft, "custom.rent").names()


def test_a_year_or_a_large_number_is_typed(window):
    shown = one(window, a_draft(), "birth_year")
    assert "出生年加一" not in shown.names()
