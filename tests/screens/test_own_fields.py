"""Can an admin add a field, order the fields and take one out of use, and see what a phone will show?"""

import flet as ft
import pytest

from field_app.actions import drafting, own_field_form, own_fields, records
from field_app.screens.look import Look
from field_app.screens.own_fields.form import own_field_screen
from field_app.screens.own_fields.screen import own_fields_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.evening import Redrawing, live
from tests.screens.house import enter


@pytest.fixture
def store(tmp_path):
    return a_phone(tmp_path / "desk", FakeServer(FakeClock()), role="admin").store


@pytest.fixture
def opened(window, store):
    """Opens the form of a field, a new one unless a record is named."""

    def show(record="", **given):
        kept = drafting.begin(store, "custom_field", {} if record else {"entity": "customer", **given}, record=record)
        do = Doing(store)
        return window(own_field_screen, own_field_form.load(store, kept.id), do, Look()), do

    return show


@pytest.fixture
def listed(window, store):
    def show(look=None):
        do = Redrawing(store)
        return window(live, own_fields.load, own_fields_screen, "", do, look or Look()), do

    return show


def a_field(store, label, **more):
    key = own_field_form.key_for(label, ())
    told = {"entity": "customer", "key": key, "label_zh": label, "data_type": "text", **more}
    return records.add(store, "custom_field", told)


def made(store):
    return store.find("custom_field")[-1].fields


def in_order(store):
    return [one.label_zh for one in own_fields.load(store, "")["customer"].in_use]


def test_a_field_is_made_by_its_name_and_type_alone(opened, store):
    page, do = opened()
    page.type("名称", "客户年龄")
    page.tap("整数")
    page.tap("保存并发布")
    assert len(do.saved) == 1
    told = made(store)
    assert (told["key"], told["data_type"], told["entity"]) == ("ke_hu_nian_ling", "integer", "customer")
    assert (told["section"], told["required_level"], told["active"]) == ("remarks", "none", True)


def test_without_a_name_or_a_type_nothing_is_saved_and_it_says_so(opened, store):
    page, do = opened()
    page.tap("保存并发布")
    assert not store.find("custom_field")
    page.type("名称", "客户年龄")
    page.tap("保存并发布")
    assert not store.find("custom_field")
    assert len(do.said) == 2


def test_options_are_written_in_one_go_each_under_a_code_of_its_own(opened, store):
    page, _ = opened()
    page.type("名称", "客户性别")
    page.tap("单选")
    page.type("加选项", "男、女、男")
    page.tap("加进去")
    page.type("选项 2", "女士")
    page.tap("保存并发布")
    assert [(one["code"], one["zh"]) for one in made(store)["options"]] == [("o1", "男"), ("o2", "女士")]


def test_an_option_that_records_may_hold_is_taken_out_of_use_and_stays(opened, store):
    options = [{"code": "m", "zh": "男"}, {"code": "f", "zh": "女"}]
    page, _ = opened(a_field(store, "客户性别", data_type="choice", options=options))
    page.tap("停用男")
    page.tap("保存并发布")
    assert {one["code"]: one.get("active") for one in made(store)["options"]} == {"m": False, "f": None}


def test_the_control_a_rep_will_have_is_shown_while_one_types(opened):
    page, _ = opened()
    page.type("名称", "满意程度")
    page.tap("评分")
    assert "5 分，最高 5 分" in page.names()
    page.tap("是否")
    assert page.labelled("满意程度", ft.Switch)


def test_a_default_that_the_field_could_not_hold_is_refused(opened, store):
    page, _ = opened()
    page.type("名称", "客户年龄")
    page.tap("整数")
    page.type("默认值", "三十")
    page.tap("保存并发布")
    assert not store.find("custom_field")
    page.type("默认值", "30")
    page.tap("保存并发布")
    assert made(store)["default"] == "30"


def test_a_number_has_limits(opened, store):
    page, _ = opened()
    page.type("名称", "客户年龄")
    page.tap("整数")
    page.type("最小", "0")
    page.type("最大", "120")
    page.tap("保存并发布")
    assert made(store)["validation"] == {"min": "0", "max": "120"}


def test_a_field_waits_for_what_another_one_says(opened, store):
    page, _ = opened()
    page.type("名称", "孩子年龄")
    page.tap("整数")
    page.select("显示条件", "gender")
    page.tap("等于")
    page.tap("女")
    page.tap("保存并发布")
    assert made(store)["visible_if"] == {"field": "gender", "op": "is", "value": "female"}


def test_the_type_of_a_field_in_use_stays(opened, store):
    page, _ = opened(a_field(store, "鞋码"))
    assert "整数" not in page.names()
    assert page.sees("类型不能再改")


def test_a_field_is_taken_out_of_use_from_its_form(opened, store):
    page, _ = opened(a_field(store, "鞋码"))
    page.tap("停用这个字段")
    assert made(store)["active"] is False


def test_the_arrows_and_the_handle_put_a_field_elsewhere(listed, store):
    for order, label in enumerate(("甲甲", "乙乙", "丙丙")):
        a_field(store, label, order=order)
    page, _ = listed()
    page.tap("下移甲甲")
    assert in_order(store) == ["乙乙", "甲甲", "丙丙"]
    (dragged,) = page.all(ft.ReorderableListView)
    page.at_once(Deed(dragged, "reorder", {"old_index": 2, "new_index": 0}))
    assert in_order(store) == ["丙丙", "乙乙", "甲甲"]


def test_a_field_out_of_use_is_brought_back_with_a_tap(listed, store):
    a_field(store, "鞋码", active=False)
    page, do = listed()
    page.tap("重新启用")
    assert in_order(store) == ["鞋码"]
    assert do.said == ["已重新启用「鞋码」"]


def test_every_kind_has_its_own_fields(listed, store):
    a_field(store, "鞋码")
    a_field(store, "同行人", entity="visit")
    page, _ = listed()
    assert page.sees("鞋码")
    page.tap("拜访 1")
    assert page.sees("同行人")
    assert not page.sees("鞋码")


def test_at_a_desk_the_form_stands_beside_as_a_phone_shows_it(listed, store):
    a_field(store, "鞋码", data_type="integer", section="basic")
    page, _ = listed(Look(width=1280))
    assert page.labelled("鞋码", ft.TextField)
    assert page.sees("约 6 秒")


def test_an_admin_begins_at_the_fields_and_the_plus_adds_one(house):
    house.belongs_to_ana("admin")
    window = house.window()
    enter(window)
    assert window.sees("这张表还没有自己的字段")
    window.tap("加字段")
    assert window.sees("客户·新字段")
    window.type("名称", "客户年龄")
    window.tap("整数")
    window.tap("保存并发布")
    assert window.sees("客户年龄")
    assert window.sees("撤销")


def test_a_rep_gets_no_further_by_the_address(house):
    house.belongs_to_ana()
    window = house.window("/fields")
    enter(window)
    assert window.sees("您的角色没有这项权限")
    assert not window.sees("加字段")
