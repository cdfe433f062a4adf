"""Is where somebody lives chosen in three steps or fewer, and is the list asked for a place?"""

import flet as ft
import pytest

from field_app.actions import customer_list, customer_views, drafting, record_form, records, standings
from field_app.actions.regions import found_in
from field_app.list_views import ListView
from field_app.screens.division_words import division_name, division_path
from field_app.screens.look import Look
from field_app.screens.record_form import record_form_screen
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.fit import misfits
from tests.screens.neighbours import a_customer, a_rep
from visit_core.divisions import path_of

HAIDIAN = {"province": "110000", "district": "110108"}
XIHU = {"province": "330000", "city": "330100", "district": "330106"}


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def opened(window, phone, kind="company", scale=1.0, **given):
    kept = drafting.begin(phone.store, kind, {"name": "好邻居", **given})
    page = window(record_form_screen, record_form.load(phone.store, kept.id), Doing(phone.store), Look(scale=scale))
    page.at_once(Deed(page.labelled("所在地区", ft.Container), "click"))

    def said():
        now = phone.store.drafts.get(kept.id).given
        return tuple(now.get(level) for level in ("province", "city", "district"))

    return page, said


def test_a_district_is_three_steps_away(window, phone):
    page, said = opened(window, phone)
    for step in ("浙江省", "杭州市", "西湖区"):
        page.tap(step)
    assert said() == tuple(XIHU.values())
    assert page.sees("浙江省·杭州市·西湖区")


def test_beijing_takes_two_steps_and_has_no_city(window, phone):
    page, said = opened(window, phone)
    page.tap("北京市")
    page.tap("海淀区")
    assert said() == ("110000", None, "110108")


def test_a_few_letters_find_a_district_in_one_step(window, phone):
    page, said = opened(window, phone)
    page.type("搜索，可用拼音首字母", "xhq")
    page.tap(next(name for name in page.names() if "西湖区" in name))
    assert said() == tuple(XIHU.values())


def test_where_the_last_customer_lives_is_one_tap_away(window, phone):
    a_customer(phone.store, "张三", **HAIDIAN)
    kept = drafting.begin(phone.store, "customer", {"name": "李四"})
    assert record_form.load(phone.store, kept.id).suggested["district"] == ["110108"]


def test_a_city_alone_may_be_chosen_and_all_of_it_taken_back(window, phone):
    page, said = opened(window, phone)
    page.tap("浙江省")
    page.tap("杭州市")
    page.tap("就选“杭州市”")
    assert said() == ("330000", "330100", None)
    page.at_once(Deed(page.labelled("所在地区", ft.Container), "click"))
    page.tap("上一级：全部省份")
    page.tap("清空")
    assert said() == (None, None, None)


def test_at_200_percent_the_way_back_and_the_place_one_stands_in_can_be_laid_out(window, phone):
    page, said = opened(window, phone, scale=2.0)
    page.tap("浙江省")
    assert list(misfits(page.controls(), at_desk=False)) == []
    page.tap("就选“浙江省”")
    assert said() == ("330000", None, None)


def test_moving_to_another_city_leaves_no_district_of_the_old_one(window, phone):
    page, said = opened(window, phone, **XIHU)
    page.tap("上一级：浙江省")
    page.tap("宁波市")
    page.tap("就选“宁波市”")
    assert said() == ("330000", "330200", None)


def test_what_is_typed_is_looked_for_below_where_one_stands():
    assert ("北京市", "朝阳区") in map(path_of, found_in("110000", "cy"))
    assert all(path_of(code)[0] == "浙江省" for code in found_in("330000", "xs"))
    assert found_in("", "没有这里") == []


def test_what_is_nowhere_near_is_found_in_the_whole_country():
    assert ("上海市", "浦东新区") in map(path_of, found_in("110000", "pd"))
    assert found_in("110000", "没有这里") == []


def test_customers_are_listed_and_found_by_where_they_live(phone):
    a_customer(phone.store, "张三", **HAIDIAN)
    a_customer(phone.store, "李四", "13900000000", **XIHU)
    model, told = customer_list.load(phone.store), standings.load(phone.store)

    def shown(*regions):
        view = ListView(regions=regions)
        return [row.name for row in customer_views.shown_in(view, model.rows, told, model.today)]

    assert shown("330106") == shown("330100") == shown("330000") == ["李四"]
    assert shown("110000") == ["张三"]
    assert [row.name for row in customer_list.matching(model.rows, "海淀")] == ["张三"]


def test_a_street_is_typed_with_those_of_the_same_district_a_tap_away(window, phone):
    a_customer(phone.store, "张三", **XIHU, street="文三路社区")
    for place in ({**XIHU, "street": "文三路社区"}, {**HAIDIAN, "street": "110108012"}):
        records.add(phone.store, "company", {"name": "好邻居", **place})
    kept = drafting.begin(phone.store, "company", {"name": "新店", **XIHU})
    form = record_form.load(phone.store, kept.id)
    assert form.streets[XIHU["district"]] == ["文三路社区"]
    page = window(record_form_screen, form, Doing(phone.store), Look())
    page.tap("文三路社区")
    assert phone.store.drafts.get(kept.id).given["street"] == "文三路社区"
    assert [row.name for row in customer_list.matching(customer_list.load(phone.store).rows, "文三路")] == ["张三"]


def test_the_streets_that_are_a_tap_away_follow_the_district(window, phone):
    records.add(phone.store, "company", {"name": "好邻居", **XIHU, "street": "文三路社区"})
    page, _ = opened(window, phone)
    page.tap("浙江省")
    page.tap("杭州市")
    assert not page.sees("文三路社区")
    page.tap("西湖区")
    assert page.sees("文三路社区")
    page.at_once(Deed(page.labelled("所在地区", ft.Container), "click"))
    page.tap("滨江区")
    assert not page.sees("文三路社区")


def test_a_code_that_the_table_does_not_know_is_said_to_be_one():
    assert division_path("519999", Look()) == "未知地区（519999）"
    assert division_name("519999", Look(lang="en")) == "Unknown place (519999)"
    assert division_name("330106", Look()) == "西湖区"
    assert (division_path("", Look()), division_name("文三路社区", Look())) == ("", "文三路社区")


def test_another_district_leaves_the_street_behind(window, phone):
    page, said = opened(window, phone, **XIHU, street="文三路社区")
    page.tap("滨江区")
    assert said() == ("330000", "330100", "330108")
    assert not page.sees("文三路社区")
