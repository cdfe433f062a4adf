"""Is the list of chances ranked and explained, and is a visit planned with one tap?"""

import pytest

from field_app.actions import chances, records, today
from field_app.screens.chances import chances_screen
from field_app.screens.look import Look
from field_app.screens.today import today_screen
from tests.screens.doing import Doing
from tests.screens.evening import Redrawing, live
from tests.screens.neighbours import a_customer, a_rep


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def a_likely_street(store):
    """One who buys again, one with a need, one who wants no visits, one of whom nothing is known."""
    made = {name: a_customer(store, name, f"1390000000{n}") for n, name in enumerate(("张三", "李四", "王五", "赵六"))}
    for day in ("2026-09-10", "2026-10-10"):
        records.add(store, "purchase", {"customer_id": made["张三"], "purchase_date": day, "product_name": "滤芯"})
    for name in ("李四", "王五"):
        records.add(store, "need", {"customer_id": made[name], "need_type": "product", "detail": "换锅"})
    records.add(store, "behaviour_event", {"customer_id": made["李四"], "kind": "favourite", "at": "2026-11-20"})
    records.change(store, "customer", made["王五"], {"do_not_visit": True})
    return made


def in_list(page, *names):
    return [text for text in page.texts() if text in names]


def test_the_likeliest_stand_first_with_the_reasons_and_nobody_who_wants_no_visits(window, phone):
    a_likely_street(phone.store)
    page = window(chances_screen, chances.load(phone.store), Doing(phone.store), Look())
    assert in_list(page, "张三", "李四", "王五", "赵六") == ["张三", "李四"]
    assert page.sees("平均 30 天买一次，已有 42 天没买（+30）")
    assert page.sees("有 1 个需求未解决（+20）")
    assert page.sees("30 天内有 1 次浏览、点击等（+8）")


def test_one_tap_plans_a_visit_for_tomorrow_and_the_customer_moves_below_those_who_still_wait(window, phone):
    made = a_likely_street(phone.store)
    do = Redrawing(phone.store)
    page = window(live, lambda store, about: chances.load(store), chances_screen, "", do, Look())
    page.tap("排到明天")
    (promise,) = phone.store.find("followup")
    assert (promise.fields["customer_id"], promise.fields["due_date"]) == (made["张三"], "2026-11-22")
    assert do.said == ["已排到明天：张三"]
    assert in_list(page, "张三", "李四") == ["李四", "张三"]
    assert page.sees("已有安排")


def test_a_name_opens_the_customer(window, phone):
    made = a_likely_street(phone.store)
    do = Doing(phone.store)
    page = window(chances_screen, chances.load(phone.store), do, Look())
    page.tap("李四")
    assert [str(place) for place in do.went] == [f"/customer/{made['李四']}"]


def test_where_nothing_speaks_for_a_sale_the_list_says_so(window, phone):
    a_customer(phone.store)
    page = window(chances_screen, chances.load(phone.store), Doing(phone.store), Look())
    assert page.sees("现在没有明显的销售机会。")


def test_the_day_leads_to_the_list(window, phone):
    do = Doing(phone.store)
    page = window(today_screen, today.load(phone.store), do, Look())
    page.tap("潜在销售机会")
    assert [str(place) for place in do.went] == ["/chances"]
