"""Does each view of a customer's page tell its part, and does a consent take two taps?"""

import json

import pytest

from field_app.actions import customer_page, records
from field_app.actions.consents import keep_word
from field_app.places import SYNC, Place
from field_app.screens.customer import customer_screen
from field_app.screens.customer_views import VIEWS
from field_app.screens.look import Look
from tests.screens.doing import Doing
from tests.screens.house import enter
from tests.screens.neighbours import HANGING, a_customer, a_rep
from visit_core.explain import sentence
from visit_core.kinds import kind_named
from visit_core.protocol import FeedRow


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def opened(window, phone):
    def open_page(customer, look=None):
        do = Doing(phone.store)
        return window(customer_screen, customer_page.load(phone.store, customer), do, look or Look()), do

    return open_page


def test_what_was_bought_is_summed_up_and_what_is_not_in_the_sum_is_said(opened, phone):
    customer = a_customer(phone.store)
    for day, amount in (("2025-08-02", "99.50"), ("2026-08-02", "2600"), ("2026-10-02", None)):
        bought = {"customer_id": customer, "purchase_date": day, "product_name": "耳机"}
        records.add(phone.store, "purchase", bought | ({"amount": amount} if amount else {}))
    page, do = opened(customer)
    page.tap("购买")
    assert page.sees("¥2,699.50")
    assert page.sees("共 3 次，近一年 2 次")
    assert page.sees("平均每 213 天一次")
    assert page.sees("1 笔购买没有金额，没有计入")
    page.tap("购买记录·¥2,600")
    assert [(draft.kind, bool(draft.record)) for draft in do.begun] == [("purchase", True)]


@pytest.mark.parametrize(
    ("view", "kinds"),
    [
        ("需求·投诉", ("need", "complaint", "satisfaction_rating")),
        ("机会", ("opportunity",)),
        ("偏好", ("preference",)),
    ],
)
def test_every_view_lists_its_own_kinds_which_open_and_begin_there(opened, phone, view, kinds):
    customer = a_customer(phone.store)
    for kind, given in HANGING.items():
        records.add(phone.store, kind, {"customer_id": customer, **given})
    page, do = opened(customer)
    page.tap(view)
    for kind in kinds:
        page.tap(next(name for name in page.names() if name.startswith(f"{kind_named(kind).zh}·") and "待同步" in name))
        assert (do.begun[-1].kind, bool(do.begun[-1].record)) == (kind, True)
    listed = {name.split("·")[0] for name in page.names() if "待同步" in name}
    assert listed == {kind_named(kind).zh for kind in kinds}


def test_a_consent_takes_two_taps_and_leaves_a_receipt(opened, phone):
    customer = a_customer(phone.store)
    page, do = opened(customer)
    page.tap("未征得同意")
    assert page.sees(sentence("consent.notice.service", "zh"))
    assert page.sees("告知书第 1 版，请读给客户听")
    page.tap("客户口头同意")
    (kept,) = phone.store.find("consent")
    told = {name: kept.fields[name] for name in ("purpose", "state", "method", "notice_version")}
    assert told == {"purpose": "service", "state": "given", "method": "verbal", "notice_version": 1}
    assert do.said == [f"已记录，回执码 {kept.fields['receipt_code']}"]


def test_a_consent_is_taken_back_as_easily(opened, phone):
    customer = a_customer(phone.store)
    keep_word(phone.store, customer, "marketing", "given")
    page, _ = opened(customer)
    page.tap("同意")
    page.tap("营销推送 已同意")
    page.tap("撤回同意")
    assert [each.fields["state"] for each in phone.store.find("consent")] == ["given", "withdrawn"]
    again, _ = opened(customer)
    again.tap("同意")
    assert again.sees("已撤回")


def test_for_a_child_the_guardian_is_asked_for_by_name(opened, phone):
    customer = a_customer(phone.store)
    page, do = opened(customer)
    page.tap("同意")
    page.tap("未成年人")
    page.tap("填写监护人")
    given = {"customer_id": customer, "purpose": "minor", "state": "given"}
    assert [(draft.kind, draft.given) for draft in do.begun] == [("consent", given)]


def test_who_has_agreed_is_not_asked_again(opened, phone):
    customer = a_customer(phone.store)
    keep_word(phone.store, customer, "service", "given")
    page, _ = opened(customer)
    assert not page.sees("未征得同意")


@pytest.mark.parametrize("view", [f"customer.tab.{view}" for view in VIEWS])
def test_every_view_of_a_full_life_comes_in_messages_a_phone_can_bear(opened, phone, view):
    customer = a_customer(phone.store)
    for kind, given in HANGING.items():
        many = [{"customer_id": customer, **given}] * 20
        records.add_each(phone.store, kind, many)
    page, _ = opened(customer, Look("en", scale=2.0))
    page.tap(sentence(view, "en"))
    assert max(sent.size for sent in page.line.sent[1:]) <= 20_000
    assert max(sent.controls for sent in page.line.sent[1:]) <= 600


@pytest.mark.parametrize("width", [390, 1280])
def test_a_customers_page_comes_in_messages_a_phone_can_bear(house, width):
    house.belongs_to_ana()
    customer = house.add_lines("customer", ['{"name": "李四"}'])[0]
    for kind, given in HANGING.items():
        house.add_lines(kind, [json.dumps({"customer_id": customer, **given})] * 20)
    window = house.window(route=str(SYNC), width=width)
    enter(window)
    first = len(window.line.sent)
    window.page.run_task(house.apps[0].go, Place("customer", customer))
    window.settle()
    sent = window.line.sent[first:]
    assert window.sees("记一笔")
    assert max(message.size for message in sent) <= 20_000
    assert max(message.controls for message in sent) <= 600


def test_earlier_records_are_a_tap_away_as_long_as_the_server_may_have_any(opened, phone):
    customer = a_customer(phone.store)
    page, _ = opened(customer)
    assert not page.sees("更早的记录")
    phone.server.window_from = "2026-11-01T00:00:00.000Z"
    phone.syncs()
    visit = FeedRow(scope="team:north", seq=1, op="put", kind="visit", id="7" * 32, fields={"customer_id": customer})
    phone.server.told[f"/v1/customers/{customer}/older"] = {"epoch": phone.server.epoch, "rows": [visit.model_dump()]}
    page, do = opened(customer)
    do.server = phone.server
    page.tap("更早的记录")
    assert do.said == ["已取来 1 条更早的记录"]
    page, _ = opened(customer)
    assert not page.sees("更早的记录")
    assert phone.store.view("visit", "7" * 32)


def test_earlier_records_that_cannot_be_fetched_stay_a_tap_away(opened, phone):
    customer = a_customer(phone.store)
    phone.server.window_from = "2026-11-01T00:00:00.000Z"
    phone.syncs()
    page, do = opened(customer)
    do.server, phone.server.is_off = phone.server, True
    page.tap("更早的记录")
    assert do.said == []
    assert page.sees("更早的记录")
