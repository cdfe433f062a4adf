"""Can a rep write down what no form asks for, and does a tap of the admin's make a field of it?"""

import pytest

from field_app.actions import drafting, labels, mine, record_form, records, taking_over
from field_app.local_store import Edit
from field_app.screens.labels import labels_screen
from field_app.screens.look import Look
from field_app.screens.record_form import record_form_screen
from field_app.screens.taking_over import taking_over_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.evening import Redrawing, live
from tests.screens.neighbours import a_customer, a_field, a_rep
from visit_core.registers import spread


@pytest.fixture
def store(tmp_path):
    return a_rep(tmp_path).store


@pytest.fixture
def form(window, store):
    def show(record="", look=None):
        kept = drafting.begin(store, "customer", {}, record=record)
        do = Doing(store)
        page = window(record_form_screen, record_form.load(store, kept.id), do, look or Look())
        page.tap("附加备注")
        return page, do

    return show


def lines(store):
    return [(one["label"], one["value"]) for one in store.find("customer")[-1].fields.get("extra_lines") or []]


def test_a_line_is_written_with_its_label(form, store):
    page, _ = form()
    page.type("客户姓名", "张三")
    page.tap("加一项")
    page.type("第 1 项标签", "鞋码")
    page.type("第 1 项内容", "42")
    page.tap("只保存")
    assert lines(store) == [("鞋码", "42")]


def test_a_label_that_others_use_is_a_tap(form, store):
    a_customer(store, extra_lines=[{"label": "鞋码", "value": "42"}])
    page, _ = form()
    page.type("客户姓名", "李四")
    page.tap("鞋码")
    page.type("第 1 项内容", "38")
    page.tap("只保存")
    assert lines(store) == [("鞋码", "38")]


def test_half_a_line_is_not_saved_and_an_empty_one_hinders_nobody(form, store):
    page, do = form()
    page.type("客户姓名", "张三")
    page.tap("加一项")
    page.type("第 1 项标签", "鞋码")
    page.tap("只保存")
    assert do.said == ["附加项请写完整：标签和内容都要填"]
    page.type("第 1 项标签", "")
    page.tap("只保存")
    assert lines(store) == []


def test_a_line_is_taken_away(form, store):
    page, _ = form(a_customer(store, extra_lines=[{"label": "鞋码", "value": "42"}]))
    page.tap("去掉第 1 项")
    page.tap("保存")
    assert lines(store) == []


def test_a_tap_makes_a_field_of_a_label(window, tmp_path):
    admin = a_phone(tmp_path / "desk", FakeServer(FakeClock()), role="admin").store
    for number, like in enumerate(("integer", "integer")):
        told = {"entity": "customer", "record": f"{number:032x}", "word": "鞋码", "looks_like": like}
        admin.keep(Edit("create", "label_use", admin.fresh_id(), spread("label_use", {}, told)))
    do = Redrawing(admin)
    page = window(live, labels.load, labels_screen, "", do, Look())
    assert page.sees("客户·2 条记录·多为整数")
    page.tap("转成字段")
    (field,) = admin.find("custom_field")
    assert (field.fields["label_zh"], field.fields["data_type"]) == ("鞋码", "integer")
    assert page.sees("已经是字段")


def test_what_lines_say_moves_into_the_field_with_a_tap(window, store):
    for name, size in (("张三", "42"), ("李四", "大")):
        a_customer(store, name, extra_lines=[{"label": "鞋码", "value": size}])
    a_field(store, "customer", "xie_ma", "鞋码", data_type="integer")
    assert mine.load(store, "").to_take_over == 1
    do = Redrawing(store)
    page = window(live, taking_over.load, taking_over_screen, "", do, Look())
    assert page.sees("客户·1 条可转入")
    assert page.sees("另有 1 条读不懂")
    page.tap("转入字段")
    assert do.said == ["已转入 1 条"]
    assert [one["custom"] for one in records.listed(store, "customer", {})] == [{"xie_ma": 42}, {}]


def test_what_stands_in_other_records_again_and_again_is_a_tap(form, store):
    for name, company in (("张三", "好邻居商贸"), ("李四", "好邻居商贸"), ("王五", "大江公司")):
        a_customer(store, name, company_name=company)
    page, _ = form()
    page.tap("基本信息")
    assert "大江公司" not in page.names()
    page.type("客户姓名", "赵六")
    page.tap("好邻居商贸")
    assert "好邻居商贸" not in page.names()
    page.tap("只保存")
    assert store.find("customer")[-1].fields["company_name"] == "好邻居商贸"


def test_nobodys_name_or_number_is_offered_for_somebody_else(store):
    for _ in range(2):
        a_customer(store, "张三", "13800000000", address_detail="幸福路 12 号")
    offered = record_form.load(store, drafting.begin(store, "customer", {}).id).suggested
    assert not [words for words in offered.values() if words]
