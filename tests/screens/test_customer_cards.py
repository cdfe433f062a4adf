"""Does every card on every tab of a customer's page open, and is what was corrected there kept?"""

import pytest

from field_app.actions import customer_page, drafting, record_form, records
from field_app.screens.customer import customer_screen
from field_app.screens.customer_views import VIEWS
from field_app.screens.look import Look
from field_app.screens.record_form import record_form_screen
from tests.screens.doing import Doing
from tests.screens.neighbours import HANGING, a_customer, a_rep
from visit_core.explain import sentence

BOUGHT = {"purchase_date": "2026-08-02", "product_name": "空气净化器", "quantity": "2", "amount": "3598"}
GIVEN = {**HANGING, "purchase": BOUGHT}
CORRECTED = {
    "purchase": ("产品名称", "product_name", "净水器"),
    "need": ("需求详情", "detail", "要带支架的"),
    "complaint": ("内容", "content", "换货等了一周"),
    "satisfaction_rating": ("评论", "comment", "师傅守时"),
    "opportunity": ("机会", "title", "单位团购十台"),
    "preference": ("内容", "value", "只要国产品牌"),
}
ON_TABS = [(tab, kind) for tab, kinds in VIEWS.items() for kind in kinds if tab != "timeline" and kind != "consent"]


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def shown(window, phone, customer, tab):
    do = Doing(phone.store)
    page = window(customer_screen, customer_page.load(phone.store, customer), do, Look())
    page.tap(sentence(f"customer.tab.{tab}", "zh"))
    return page, do


def test_every_tab_with_records_is_walked_here():
    assert {kind for _, kind in ON_TABS} == set(CORRECTED)


@pytest.mark.parametrize(("tab", "kind"), ON_TABS)
def test_a_card_opens_its_form_and_keeps_what_was_corrected_there(window, phone, tab, kind):
    customer = a_customer(phone.store, "郑十")
    record = records.add(phone.store, kind, {"customer_id": customer, **GIVEN[kind]})
    label, field, value = CORRECTED[kind]
    page, do = shown(window, phone, customer, tab)
    (card,) = [name for name in page.names() if any(word in name for word in _words(phone, kind, record))]
    page.tap(card)
    assert [(draft.kind, draft.record) for draft in do.begun] == [(kind, record)]
    kept = drafting.begin(phone.store, kind, {}, record=record)
    form = window(record_form_screen, record_form.load(phone.store, kept.id), Doing(phone.store), Look())
    form.type(label, value)
    form.tap("保存")
    assert records.get(phone.store, kind, record)[field] == value


def _words(phone, kind, record):
    """What the card of a record is known by: its own words, whatever stands before them."""
    told = records.get(phone.store, kind, record)
    marks = {"purchase": told.get("product_name"), "satisfaction_rating": "4/5"}
    known = marks.get(kind) or told.get("detail") or told.get("content") or told.get("title") or told.get("value")
    return [str(known)]


def test_a_purpose_on_the_consent_tab_opens_its_text_and_takes_the_answer(window, phone):
    customer = a_customer(phone.store, "郑十")
    page, _ = shown(window, phone, customer, "consents")
    page.tap(next(name for name in page.names() if name.startswith("照片影像")))
    page.tap(sentence("consent.yes", "zh"))
    (said,) = phone.store.find("consent", {"customer_id": customer})
    assert (said.fields["purpose"], said.fields["state"]) == ("photo", "given")


def test_a_fact_of_the_profile_is_corrected_from_the_pencil(window, phone):
    customer = a_customer(phone.store, "郑十", occupation="医生")
    page, do = shown(window, phone, customer, "needs")
    page.tap("编辑资料")
    assert [(draft.kind, draft.record) for draft in do.begun] == [("customer", customer)]
