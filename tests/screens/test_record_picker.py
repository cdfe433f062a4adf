"""Is any record chosen for a field by a few characters, those used last first, and made where there is none?"""

import flet as ft
import pytest

from field_app.actions import drafting, record_form, records
from field_app.actions.pickables import meant, pickables, title_of
from field_app.screens.look import Look
from field_app.screens.record_form import record_form_screen
from field_app.screens.record_maker import may_be_made
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.neighbours import a_customer, a_rep
from tests.screens.tree import below
from visit_core.fields import fields_of
from visit_core.kinds import KINDS
from visit_core.shapes import Reference


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def opened(window, phone):
    def open_form(kind, **given):
        kept = drafting.begin(phone.store, kind, given)
        do = Doing(phone.store)
        page = window(record_form_screen, record_form.load(phone.store, kept.id), do, Look())
        return page, do, kept

    return open_form


def a_company(phone, name, **more):
    phone.server.clock.passes(1000)
    return records.add(phone.store, "company", {"name": name, **more})


def a_door(phone, **parts):
    phone.server.clock.passes(1000)
    return records.add(phone.store, "household", parts)


def open_basics(page):
    """The fields that a new customer's form keeps closed at first."""
    page.tap("基本信息")


def picks(page, label):
    """Open the choice under a label."""
    page.at_once(Deed(page.labelled(label, ft.Container), "click"))


def on_sheet(page, label):
    """The field under a label on the sheet: the form behind it may have one of that label, too."""
    under = [each for each in page.all(ft.Semantics) if each.label == label]
    return next(each for each in below(under[-1]) if isinstance(each, ft.TextField))


def titles(phone, kind, typed=""):
    return [each.title for each in meant(pickables(phone.store, kind, "zh"), typed)]


def test_what_was_referred_to_last_comes_first_then_what_was_made_last(phone):
    first, second = a_company(phone, "甲公司"), a_company(phone, "乙公司")
    assert titles(phone, "company") == ["乙公司", "甲公司"]
    a_customer(phone.store, "张三", company_id=second)
    phone.server.clock.passes(1000)
    a_customer(phone.store, "李四", "13900000000", company_id=first)
    assert titles(phone, "company") == ["甲公司", "乙公司"]


@pytest.mark.parametrize("typed", ["幸福", "3-2-501", "32501", "xfxq", "3-2"])
def test_a_door_is_found_by_any_part_however_it_is_typed(phone, typed):
    a_door(phone, community="幸福小区", building="3", unit="2", room="501")
    a_door(phone, community="和平里", building="7", room="101")
    assert titles(phone, "household", typed) == ["幸福小区 3-2-501"]


def test_companies_of_one_name_are_told_apart_by_trade_and_address(phone):
    a_company(phone, "永辉", industry="retail", address="学院路 1 号")
    (found,) = pickables(phone.store, "company", "zh")
    assert found.below == "零售业·学院路 1 号"


def test_a_door_without_a_community_is_called_by_its_numbers():
    assert title_of("household", {"building": "3", "room": "501"}) == "3-501"


@pytest.mark.parametrize(
    ("kind", "label", "field", "made"),
    [
        ("customer", "所属住户", "household_id", ("household", {"community": "幸福小区", "room": "501"})),
        ("customer", "所属公司", "company_id", ("company", {"name": "永辉"})),
        (
            "purchase",
            "来自活动",
            "campaign_id",
            ("campaign", {"name": "双十一", "start": "2026-11-01", "end": "2026-11-30"}),
        ),
    ],
)
def test_a_field_is_filled_with_a_record_of_its_kind(opened, phone, kind, label, field, made):
    record = records.add(phone.store, *made)
    page, _, kept = opened(kind)
    if kind == "customer":
        open_basics(page)
    picks(page, label)
    page.tap(title_of(*made))
    assert phone.store.drafts.get(kept.id).given[field] == record
    assert page.sees(title_of(*made))


def test_a_company_that_is_not_there_is_made_on_the_sheet_and_chosen(opened, phone):
    a_company(phone, "永辉")
    page, _, kept = opened("customer")
    open_basics(page)
    picks(page, "所属公司")
    page.type("搜索公司", "盒马")
    assert page.sees("没有叫“盒马”的公司。")
    page.tap("新公司")
    assert on_sheet(page, "公司名称").value == "盒马"
    page.tap("新建并选用")
    (made,) = [view for view in phone.store.find("company") if view.fields["name"] == "盒马"]
    assert phone.store.drafts.get(kept.id).given["company_id"] == made.id
    assert page.sees("盒马")


def test_a_door_that_says_nothing_is_not_made_and_one_is_told_why(opened, phone):
    page, do, _ = opened("customer")
    open_basics(page)
    picks(page, "所属住户")
    page.tap("新门牌")
    page.tap("新建并选用")
    assert do.said
    assert not phone.store.find("household")
    page.tap("返回列表")
    assert page.sees("还没有门牌。")


def test_a_customer_who_sent_another_is_found_or_made_in_the_same_way(opened, phone):
    page, _, kept = opened("customer")
    page.tap("销售线索")
    picks(page, "推荐人")
    page.type("姓名、电话、地址、标签", "王姐")
    page.tap("新客户")
    page.at_once(Deed(on_sheet(page, "联系电话"), "change", "13912345678", {"value": "13912345678"}))
    page.tap("新建并选用")
    (made,) = phone.store.find("customer")
    assert (made.fields["name"], made.fields["mobile"]) == ("王姐", "+8613912345678")
    assert phone.store.drafts.get(kept.id).given["referrer_id"] == made.id


def test_the_name_of_a_chosen_door_is_there_when_the_form_is_opened_again(window, phone):
    door = a_door(phone, community="幸福小区", building="3", room="501")
    customer = a_customer(phone.store, household_id=door)
    kept = drafting.begin(phone.store, "customer", {}, record=customer)
    page = window(record_form_screen, record_form.load(phone.store, kept.id), Doing(phone.store), Look())
    open_basics(page)
    assert page.sees("幸福小区 3-501")


REFERRED_TO = sorted(
    {
        spec.shape.kind
        for kind in KINDS
        for spec in fields_of(kind).values()
        if isinstance(spec.shape, Reference) and spec.control != "hidden" and spec.asked.writer == "anyone"
    }
)


@pytest.mark.parametrize("kind", REFERRED_TO)
def test_every_kind_that_a_form_refers_to_can_be_listed(phone, kind):
    assert isinstance(pickables(phone.store, kind, "zh"), tuple)
    assert may_be_made(kind) is (kind not in ("person", "visit"))
