"""Does a visit read well for the rep and for the supervisor, notes and receipt included?"""

import pytest
from pydantic import JsonValue

from field_app.actions import records, visit_page
from field_app.places import Place
from field_app.screens.look import Look
from field_app.screens.visit_page import visit_page_screen
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer, a_rep, a_visit
from visit_core.ids import new_id


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def opened(window, phone):
    def open_page(visit, store=None, look=None):
        do = Doing(store or phone.store)
        return window(visit_page_screen, visit_page.load(do.store, visit), do, look or Look()), do

    return open_page


def test_a_visit_is_read_by_sections_in_words(opened, phone):
    visit = a_visit(phone.store, a_customer(phone.store), content="想看手表", purchase_intention="very", satisfaction=4)
    page, _ = opened(visit)
    for text in ("张三", "感兴趣", "联系记录", "想看手表", "销售线索", "非常感兴趣", "4/5", "待审"):
        assert page.sees(text), text


def test_a_visit_not_yet_sent_says_so(opened, phone):
    page, _ = opened(a_visit(phone.store, a_customer(phone.store)))
    assert page.sees("已保存在本机，待同步")
    assert page.sees("还没有到服务器")


def test_a_confirmed_visit_shows_its_receipt(opened, phone):
    visit = a_visit(phone.store, a_customer(phone.store))
    phone.syncs()
    page, _ = opened(visit)
    assert page.sees("服务器已确认")


def test_a_note_stands_under_its_field_and_the_button_says_what_to_do(opened, phone, tmp_path):
    visit = a_visit(phone.store, a_customer(phone.store), content="想看手表")
    phone.syncs()
    sue = a_phone(tmp_path / "sue", phone.server, "sue", "supervisor")
    sue.syncs()
    note: JsonValue = {"id": new_id(1), "field": "content", "comment": "看哪一款？", "by": sue.store.me.person}
    records.change(sue.store, "visit", visit, {"review_state": "returned", "review_notes": [note]})
    page, do = opened(visit, sue.store)
    assert page.sees("看哪一款？")
    assert page.sees("已退回")
    assert page.sees("sue")
    page.tap("去改正")
    assert [(draft.kind, draft.record) for draft in do.begun] == [("visit", visit)]


def test_the_customer_and_three_more_records_are_one_tap_away(opened, phone):
    customer = a_customer(phone.store)
    page, do = opened(a_visit(phone.store, customer))
    page.tap("看客户")
    page.tap("记一笔")
    page.tap("购买记录")
    assert do.went == [Place("customer", customer)]
    assert [(draft.kind, draft.given) for draft in do.begun] == [("purchase", {"customer_id": customer})]
