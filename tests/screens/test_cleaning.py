"""Does 数据清理 say what is found, lead to whom it is about, and put right what is certain with one tap?"""

import pytest

from field_app.actions import records
from field_app.actions.cleaning import CHECKS
from field_app.actions.cleaning.looking import load, load_one
from field_app.places import Place
from field_app.screens.cleaning.one import cleaning_one_screen
from field_app.screens.cleaning.screen import SIGNS, cleaning_screen
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer


@pytest.fixture
def store(tmp_path):
    made = a_phone(tmp_path / "phone", FakeServer(FakeClock()), "lea", "supervisor").store
    a_customer(made, "张 三", "13800001234", landline="01012345678", verified_at="2026-11-01")
    a_customer(made, "李四", "13900005678", verified_at="2026-11-01")
    return made


def hub(window, store, do):
    return window(cleaning_screen, load(store), do, Look())


def one(window, store, do, check):
    return window(cleaning_one_screen, load_one(store, check), do, Look())


def test_each_check_says_how_many_it_is_about_and_leads_to_them(window, store):
    do = Doing(store)
    page = hub(window, store, do)
    assert page.sees("检查了本机上的 2 位客户，不需要网络。点开一项，看看是哪些客户。")
    assert page.sees("涉及 1 位客户，1 处可以直接统一")
    page.tap("电话格式")
    assert do.went == [Place("cleaning_one", "numbers")]
    assert len(SIGNS) == len(CHECKS)


def test_a_customer_stands_with_what_is_wrong_masked_and_opens(window, store):
    do = Doing(store)
    page = one(window, store, do, "numbers")
    assert page.sees("固定电话：010****5678\n→ 010-****5678")
    page.tap("张 三·138****1234")
    assert do.went == [Place("customer", store.find("customer")[0].id)]


def test_all_that_is_certain_is_put_right_after_a_question_and_taken_back_from_the_list(window, store):
    do = Doing(store)
    page = one(window, store, do, "spelling")
    page.tap("统一 1 处")
    page.tap("先不改")
    assert store.find("customer")[0].fields["name"] == "张 三"
    page.tap("统一 1 处")
    page.tap("统一")
    assert (do.said, store.find("customer")[0].fields["name"]) == (["已统一 1 处"], "张三")
    page = hub(window, store, do)
    assert page.sees("文字写法，1 处")
    page.tap("撤销")
    assert store.find("customer")[0].fields["name"] == "张 三"


def test_what_only_a_person_can_decide_has_no_button(window, store):
    records.add(store, "customer", {"name": "又一位", "mobile": "13900005678", "verified_at": "2026-11-01"})
    page = one(window, store, Doing(store), "doubles")
    assert page.sees("联系电话：号码与 又一位 相同")
    assert not page.sees("统一 1 处")


def test_many_come_a_page_at_a_time(window, store):
    records.add_each(store, "customer", [{"name": f"客户{n}", "mobile": ""} for n in range(120)])
    page = one(window, store, Doing(store), "empty")
    assert sum(page.sees(f"客户{n}") for n in range(120)) <= 50
