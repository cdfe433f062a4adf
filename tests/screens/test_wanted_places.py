"""Is a place kept only of those who want it, and are the others told of in a plain sentence?"""

import pytest
from pydantic import JsonValue

from field_app.actions import consents, drafting, records, visiting
from field_app.actions.placing import place
from field_app.screens.look import Look
from field_app.screens.visit import visit_screen
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer, a_rep, a_visit
from visit_core.errors import NotValid

FIX: dict[str, JsonValue] = {
    "lat": 31.2304,
    "lng": 121.4737,
    "acc": 9.0,
    "age": 2,
    "provider": "device",
    "mock": False,
    "sys": "wgs84",
}
SENTENCE = "客户没有同意记录准确位置：这次拜访只记时间，不存经纬度。"


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def says(phone, customer, state):
    phone.server.clock.passes(1000)
    consents.keep_word(phone.store, customer, "location", state)


def kept(phone, visit):
    return records.get(phone.store, "visit", visit)


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [
        ((), True),
        (("given",), True),
        (("refused",), False),
        (("given", "withdrawn"), False),
        (("refused", "given"), True),
    ],
)
def test_the_last_word_decides_whether_a_visit_keeps_its_coordinates(phone, words, is_kept):
    customer = a_customer(phone.store, "钱七")
    for state in words:
        says(phone, customer, state)
    visit = kept(phone, a_visit(phone.store, customer, check_in_fix=FIX, check_out_fix=FIX))
    assert visit["check_in_at"] == "2026-11-21T01:00:00.000Z"
    assert (visit["check_in_fix"] is not None, visit["check_out_fix"] is not None) == (is_kept, is_kept)


def test_a_position_that_comes_late_is_not_kept_either(phone):
    customer = a_customer(phone.store)
    says(phone, customer, "refused")
    visit = a_visit(phone.store, customer)
    place(phone.store, visit, dict(FIX))
    assert kept(phone, visit)["check_in_fix"] is None


def test_another_purpose_says_nothing_of_the_place(phone):
    customer = a_customer(phone.store)
    consents.keep_word(phone.store, customer, "marketing", "refused")
    assert kept(phone, a_visit(phone.store, customer, check_in_fix=FIX))["check_in_fix"] is not None


@pytest.mark.parametrize(("words", "is_kept"), [((), False), (("refused",), False), (("given",), True)])
def test_a_customers_own_coordinates_are_kept_after_a_yes_alone(phone, words, is_kept):
    customer = a_customer(phone.store)
    for state in words:
        says(phone, customer, state)
    if is_kept:
        records.change(phone.store, "customer", customer, {"lat": 31.2304, "lng": 121.4737})
        assert records.get(phone.store, "customer", customer)["lat"] == 31.2304
        says(phone, customer, "withdrawn")
        records.change(phone.store, "customer", customer, {"lat": 31.2304, "lng": 121.4737, "remark": "改了备注"})
        records.change(phone.store, "customer", customer, {"lat": None, "lng": None})
        return
    with pytest.raises(NotValid) as refused:
        records.change(phone.store, "customer", customer, {"lat": 31.2304, "lng": 121.4737})
    assert (refused.value.why, refused.value.field) == ("no_place_consent", "lat")


def test_a_new_customer_cannot_have_coordinates_yet(phone):
    with pytest.raises(NotValid):
        a_customer(phone.store, lat=31.2, lng=121.4)


@pytest.mark.parametrize("state", ["refused", "given"])
def test_the_form_says_in_a_sentence_that_no_place_is_kept(window, phone, state):
    customer = a_customer(phone.store)
    says(phone, customer, state)
    draft = drafting.begin(phone.store, "visit", {"customer_id": customer})
    page = window(visit_screen, visiting.load(phone.store, draft.id), Doing(phone.store), Look())
    assert page.sees(SENTENCE) == page.sees("不记位置") == (state == "refused")
