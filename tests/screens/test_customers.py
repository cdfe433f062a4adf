"""Is a customer found by a few characters, and are long lists sent a page at a time?"""

import flet as ft
import pytest

from field_app.actions import customer_list, drafting, records
from field_app.actions.customer_list import matching
from field_app.places import Place
from field_app.screens.customers import customers_screen
from field_app.screens.look import Look
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.neighbours import LONG, a_customer, a_rep, a_street, a_visit
from tests.screens.tree import name_of


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def shown(window, store, look=None):
    do = Doing(store)
    return window(customers_screen, customer_list.load(store), do, look or Look()), do


def names(store, typed):
    return [row.name for row in matching(customer_list.load(store).rows, typed)]


def test_a_customer_is_found_by_name_number_address_and_tag(phone):
    a_customer(phone.store, "张三", "13800001234", address_detail="幸福路 12 号", tags="有狗")
    a_customer(phone.store, "李四", "13900005678")
    assert names(phone.store, "张") == ["张三"]
    assert names(phone.store, "0000 5678") == ["李四"]
    assert names(phone.store, "幸福路") == ["张三"]
    assert names(phone.store, "有狗") == ["张三"]
    assert names(phone.store, "王") == []


def test_a_customer_is_found_by_their_company_written_down_or_a_record_of_its_own(phone):
    company = records.add(phone.store, "company", {"name": "北方钢铁"})
    a_customer(phone.store, "张三", "13800001234", company_id=company)
    a_customer(phone.store, "李四", "13900005678", company_name="南方船舶")
    assert names(phone.store, "钢铁") == ["张三"]
    assert names(phone.store, "船舶") == ["李四"]
    records.change(phone.store, "company", company, {"name": "东方钢铁"})
    assert names(phone.store, "东方") == ["张三"]
    assert names(phone.store, "北方") == []


def test_last_four_digits_come_before_digits_in_the_middle(phone):
    a_customer(phone.store, "尾号", "13800001234")
    phone.server.clock.passes(1000)
    a_customer(phone.store, "中间", "13812340000")
    assert names(phone.store, "1234") == ["尾号", "中间"]


def test_whoever_was_met_last_comes_first(phone):
    first = a_customer(phone.store, "张三")
    phone.server.clock.passes(60_000)
    a_customer(phone.store, "李四", "13900000000")
    assert names(phone.store, "") == ["李四", "张三"]
    phone.server.clock.passes(60_000)
    records.add(phone.store, "visit", {"customer_id": first, "outcome": "sold"})
    assert names(phone.store, "") == ["张三", "李四"]


def test_a_list_shows_no_number_in_full(window, phone):
    a_customer(phone.store)
    page, _ = shown(window, phone.store)
    assert page.sees("138****0000")
    assert not any("1380000" in text.replace(" ", "") for text in page.texts())


def test_a_row_says_what_one_must_know_before_going(window, phone):
    a_customer(phone.store, "张三", do_not_visit=True)
    records.add(phone.store, "customer", {"name": "李四"})
    page, _ = shown(window, phone.store)
    assert page.sees("谢绝上门")
    assert page.sees("待完善")
    assert page.sees("待同步")


def test_a_tap_opens_the_customer(window, phone):
    customer = a_customer(phone.store, LONG)
    page, do = shown(window, phone.store)
    page.tap(LONG)
    assert do.went == [Place("customer", customer)]


def test_typing_narrows_the_list_and_the_cross_widens_it_again(window, phone):
    a_customer(phone.store, "张三")
    a_customer(phone.store, "李四", "13900000000")
    page, _ = shown(window, phone.store)
    page.type("姓名、电话、地址、标签", "张")
    assert page.sees("张三")
    assert not page.sees("李四")
    page.tap("清空搜索")
    assert page.sees("李四")


def test_an_empty_list_says_so_and_offers_the_one_thing_to_do(window, phone):
    page, do = shown(window, phone.store)
    assert page.sees("还没有客户")
    page.tap("新客户")
    assert [draft.kind for draft in do.begun] == ["customer"]


def test_a_search_that_finds_nobody_begins_a_customer_with_what_was_typed(window, phone):
    a_customer(phone.store)
    page, do = shown(window, phone.store)
    page.type("姓名、电话、地址、标签", "13712345678")
    page.at_once(Deed(list(page.all(ft.FilledButton))[-1], "click"))
    assert do.begun[0].given == {"mobile": "13712345678"}


def test_a_new_customer_left_unsaved_is_offered_again(window, phone):
    kept = drafting.begin(phone.store, "customer", {})
    drafting.journal(phone.store, drafting.with_answer(kept, "name", "张小伟"))
    page, do = shown(window, phone.store)
    assert page.sees("张小伟")
    page.tap("继续填写")
    assert do.went == [Place("form", kept.id)]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_long_list_comes_by_fifty_in_messages_a_phone_can_bear(window, phone, width):
    a_street(phone.store, 120)
    page, _ = shown(window, phone.store, Look(width=width))
    opening = page.line.sent[1:]
    assert sum("139****" in name for name in page.names()) == 50
    scroll(page, 3000, 3200)
    assert sum("139****" in name for name in page.names()) == 100
    sent = [*opening, *page.answers()]
    assert max(each.controls for each in sent) <= 600
    assert max(each.size for each in sent) <= 20_000


@pytest.mark.parametrize(
    ("look", "is_in_words"), [(Look(), True), (Look(lang="en", width=360), False), (Look(scale=2), False)]
)
def test_the_button_is_a_sign_alone_where_its_words_would_break_the_title(window, phone, look, is_in_words):
    a_customer(phone.store)
    page, _ = shown(window, phone.store, look)
    label = look.says("customers.new")
    assert label in page.names()
    assert any(text == label for text in page.texts()) is is_in_words


def test_a_visit_says_when_somebody_was_there_last(window, phone):
    a_visit(phone.store, a_customer(phone.store))
    page, _ = shown(window, phone.store)
    assert page.sees("上次 今天")


def scroll(page, pixels, most):
    told = {"event_type": "update", "pixels": pixels, "min_scroll_extent": 0, "max_scroll_extent": most}
    told |= {"viewport_dimension": 800, "scroll_delta": 10}
    page.at_once(Deed(page.all(ft.ListView)[0], "scroll", told))


def test_a_page_of_fifty_customers_is_twenty_kilobytes_at_most(window, phone):
    """Every byte of it is unpacked and drawn by a cheap phone, whatever else is on the page."""
    told = {"gender": "male", "lifecycle_stage": "lead", "owner_id": phone.store.me.person}
    for customer in a_street(phone.store, 50):
        records.change(phone.store, "customer", customer, told)
    phone.syncs()
    page, _ = shown(window, phone.store)
    assert len(page.all(ft.ListTile)) == 50
    assert not page.sees("待完善")
    page.type("姓名、电话、地址、标签", "没有这个人")
    begun = len(page.line.sent)
    page.tap("清空搜索")
    assert len(page.all(ft.ListTile)) == 50
    assert sum(sent.size for sent in page.line.sent[begun:]) <= 20_000


@ft.observable
class Held:
    """A list that is read again."""

    def __init__(self, store):
        self.model = customer_list.load(store)


@ft.component
def held(told, do):
    return customers_screen(told.model, do, Look())


def test_a_row_that_has_only_moved_is_neither_drawn_nor_sent_again(window, phone):
    a_street(phone.store, 30)
    told = Held(phone.store)
    page = window(held, told, Doing(phone.store))
    drawn, begun, last = page.all(ft.ListTile), len(page.line.sent), told.model.rows[-1]
    phone.server.clock.passes(60_000)
    records.add(phone.store, "visit", {"customer_id": last.id, "outcome": "sold"})

    async def read_again():
        told.model = customer_list.load(phone.store)

    page.runner.run(read_again())
    page.settle()
    listed = page.all(ft.ListTile)
    assert last.phone in name_of(listed[0])
    assert [row for row in listed if not any(row is each for each in drawn)] == [listed[0]]
    assert sum(sent.size for sent in page.line.sent[begun:]) < 2_000
