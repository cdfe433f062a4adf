"""Does an admin set what customers of a grade are to have, and does a rep see it wherever the customer stands?"""

import pytest

from field_app.actions import care, customer_list, customer_page, records, standings
from field_app.actions.customer_views import BUILT_IN, shown_in
from field_app.local_store import Edit
from field_app.screens.care import care_screen
from field_app.screens.customer import customer_screen
from field_app.screens.customers import customers_screen
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.evening import Redrawing, live
from tests.screens.neighbours import a_customer, a_rep, a_visit
from visit_core.registers import spread

TODAY = "2026-11-21"


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def a_strategy(store, tier="A", **said):
    """One that an admin made, as it came from the server."""
    told = {"tier": tier, **said}
    store.keep(Edit("create", "care_strategy", store.fresh_id(), spread("care_strategy", {}, told)))


def a_key_customer(store, name="张三", last="2026-11-01T02:00:00Z"):
    made = a_customer(store, name, grade_manual="A", grade_reason="老客户")
    a_visit(store, made, check_in_at=last)
    return made


def test_an_admin_writes_a_strategy_on_the_form_of_its_grade_and_corrects_the_one_that_is_there(window, tmp_path):
    store = a_phone(tmp_path / "ada", FakeServer(FakeClock()), role="admin").store
    do = Doing(store)
    page = window(care_screen, care.load(store), do, Look())
    page.tap("B 一般客户")
    page.tap("写策略")
    made = records.add(store, "care_strategy", {"tier": "B", "visit_every_days": 45, "reward": "节日礼品"})
    page = window(care_screen, care.load(store), do, Look())
    page.tap("B 一般客户")
    assert page.sees("每 45 天拜访一次")
    assert page.sees("奖励：节日礼品")
    page.tap("修改策略")
    assert [(draft.kind, dict(draft.given), draft.record) for draft in do.begun] == [
        ("care_strategy", {"tier": "B"}, ""),
        ("care_strategy", {}, made),
    ]


def test_a_rep_reads_and_sets_nothing(window, phone):
    a_strategy(phone.store, reward="生日礼盒")
    page = window(care_screen, care.load(phone.store), Doing(phone.store), Look())
    assert "写策略" not in page.names()
    assert "修改策略" not in page.names()


def test_the_list_of_a_grade_has_those_longest_overdue_first_and_leads_to_each(window, phone):
    a_strategy(phone.store, visit_every_days=14)
    late, soon = a_key_customer(phone.store, "张三"), a_key_customer(phone.store, "李四", "2026-11-20T02:00:00Z")
    a_customer(phone.store, "王五")
    do = Doing(phone.store)
    page = window(care_screen, care.load(phone.store), do, Look())
    page.tap("A 重要客户 2")
    assert [text for text in page.texts() if text in ("张三", "李四", "王五")] == ["张三", "李四"]
    assert page.sees("超过 6 天")
    assert page.sees("下次 12月4日")
    page.tap("张三")
    assert [str(place) for place in do.went] == [f"/customer/{late}"]
    assert soon != late


def test_the_customers_page_tells_what_they_are_to_have(window, phone):
    made = a_key_customer(phone.store)
    shown = window(customer_screen, customer_page.load(phone.store, made), Doing(phone.store), Look())
    assert not any("生日礼盒" in text for text in shown.texts())
    a_strategy(phone.store, visit_every_days=14, reward="生日礼盒", care="主管每季回访")
    shown = window(customer_screen, customer_page.load(phone.store, made), Doing(phone.store), Look())
    assert shown.sees("每 14 天拜访一次·生日礼盒·主管每季回访")
    shown.tap("A 重要客户")
    assert shown.sees("奖励：生日礼盒")
    assert shown.sees("超过 6 天")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_in_groups_of_grade_has_the_strategy_under_the_grade(window, phone, width):
    a_key_customer(phone.store)
    a_strategy(phone.store, visit_every_days=14, reward="生日礼盒")
    do, look = Redrawing(phone.store), Look(width=width)
    page = window(live, lambda store, about: customer_list.load(store), customers_screen, "", do, look)
    page.tap("筛选·排序·视图")
    page.tap("按评级")
    assert any("每 14 天拜访一次·生日礼盒" in text for text in page.texts())


def test_who_is_due_for_a_visit_is_in_a_view_of_their_own_unless_they_want_none(phone):
    store = phone.store
    a_strategy(store, visit_every_days=14)
    a_key_customer(store, "张三")
    a_key_customer(store, "李四", "2026-11-20T02:00:00Z")
    refuses = a_key_customer(store, "王五")
    records.change(store, "customer", refuses, {"do_not_visit": True})
    a_customer(store, "赵六")
    due = next(view for view in BUILT_IN if view.code == "due")
    told, rows = standings.load(store), customer_list.load(store)
    assert [row.name for row in shown_in(due, rows.rows, told, rows.today)] == ["张三"]
