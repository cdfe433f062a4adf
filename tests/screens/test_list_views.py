"""Are views chosen, put together and kept with a few taps, and do lines stand out in words as well as in colour?"""

import flet as ft
import pytest

from field_app.actions import customer_list, records
from field_app.list_views import StandsOut
from field_app.screens.customers import customers_screen
from field_app.screens.look import Look
from field_app.theme.colours import Tone
from tests.screens.evening import Redrawing, live
from tests.screens.neighbours import a_customer, a_rep, a_visit


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture(params=[390, 1280])
def shown(request, window, phone):
    """The customers on a phone and at a desk."""

    def show():
        do = Redrawing(phone.store)
        look = Look(width=request.param)
        return window(live, lambda store, about: customer_list.load(store), customers_screen, "", do, look)

    return show


def in_list(page, *names):
    """Which of these stand in the list, in its order; beside it the first may stand once more."""
    seen = [text for text in page.texts() if text in names]
    return list(dict.fromkeys(seen))


def a_street_of_three(phone):
    made = {name: a_customer(phone.store, name, f"1390000000{n}") for n, name in enumerate(("张三", "李四", "王五"))}
    records.add(phone.store, "followup", {"customer_id": made["李四"], "title": "回访", "due_date": "2026-11-18"})
    records.change(phone.store, "customer", made["王五"], {"grade_manual": "A", "grade_reason": "老客户"})
    phone.server.clock.passes(1000)
    a_visit(phone.store, made["张三"], check_in_at="2026-11-21T02:00:00.500Z")
    return made


def test_a_view_is_one_tap_and_says_how_many_are_in_it(shown, phone):
    a_street_of_three(phone)
    page = shown()
    page.tap("我的 A 级客户 1")
    assert in_list(page, "张三", "李四", "王五") == ["王五"]
    page.tap("七天未访 2")
    assert sorted(in_list(page, "张三", "李四", "王五")) == ["李四", "王五"]
    page.tap("全部 3")
    assert len(in_list(page, "张三", "李四", "王五")) == 3


def test_what_stands_out_says_so_in_words_and_in_colour(shown, phone):
    a_street_of_three(phone)
    page = shown()
    assert any("逾期 3 天" in text for text in page.texts())
    assert any("A 级" in text for text in page.texts())
    edges = [each.border.left.color for each in page.all(ft.Container) if each.border and each.border.left]
    assert Tone.DANGER in edges
    assert Tone.SUCCESS in edges


def test_a_view_is_put_together_named_and_kept(shown, phone):
    made = a_street_of_three(phone)
    records.change(phone.store, "customer", made["李四"], {"tags": ["有狗"]})
    page = shown()
    page.tap("筛选·排序·视图")
    page.tap("有狗")
    assert in_list(page, "张三", "李四", "王五") == ["李四"]
    page.type("视图名称", "有狗的")
    page.tap("存为视图")
    assert [view.name for view in phone.store.list_views.all()] == ["有狗的"]
    page.tap("全部 3")
    page.tap("有狗的 1")
    assert in_list(page, "张三", "李四", "王五") == ["李四"]


def test_a_view_that_is_kept_can_be_forgotten(shown, phone):
    a_street_of_three(phone)
    page = shown()
    page.tap("筛选·排序·视图")
    page.tap("我负责的")
    page.type("视图名称", "我的")
    page.tap("存为视图")
    page.tap("筛选·排序·视图")
    page.tap("删除这个视图")
    assert phone.store.list_views.all() == ()
    assert len(in_list(page, "张三", "李四", "王五")) == 3


def test_a_group_has_its_name_over_it(shown, phone):
    a_street_of_three(phone)
    page = shown()
    page.tap("筛选·排序·视图")
    page.tap("按拜访时间")
    assert page.sees("7 天内")
    assert page.sees("还没拜访")


def test_another_colour_is_chosen_on_the_sheet_and_stays(shown, phone):
    a_street_of_three(phone)
    page = shown()
    page.tap("筛选·排序·视图")
    page.tap("蓝")
    assert phone.store.list_views.standing_out()[0] == StandsOut(when="overdue", colour="info")


def test_a_view_that_shows_nobody_says_so(shown, phone):
    a_customer(phone.store)
    page = shown()
    page.tap("筛选·排序·视图")
    page.tap("谢绝上门")
    assert page.sees("没有符合的客户。")


def test_a_place_is_narrowed_chip_by_chip_from_the_side_of_the_border_to_the_city(shown, phone):
    made = a_street_of_three(phone)
    records.change(phone.store, "customer", made["张三"], {"province": "330000", "city": "330100"})
    records.change(phone.store, "customer", made["李四"], {"province": "330000", "city": "330200"})
    records.change(phone.store, "customer", made["王五"], {"is_international": True})
    page = shown()
    page.tap("筛选·排序·视图")
    page.tap("境外 1")
    assert in_list(page, "张三", "李四", "王五") == ["王五"]
    for chip in ("境外 1", "国内 2", "浙江省 2", "宁波市 1"):
        page.tap(chip)
    assert in_list(page, "张三", "李四", "王五") == ["李四"]
    page.tap("按省份")
    assert "浙江省" in page.texts()
