"""A device has what its window holds; what is older lies on the server, a tap away, and nothing unsent ever leaves."""

import pytest

from field_app.actions import customer_page
from tests.server.world import MINUTE

DAY = 24 * 60 * MINUTE


@pytest.fixture
def long_ago(street):
    """A customer with a contact record, a judged visit, a visit that waits and a purchase, all a hundred days old."""
    street.sets(rep_window_days=30, lead_window_days=0)
    ana, sue = street.phone("安娜"), street.phone("苏", "supervisor")
    customer = ana.adds("customer", name="张三")
    told = {
        "contact_record": ana.adds(
            "contact_record", customer_id=customer, content="来电", channel="phone", contact_at="2026-11-20"
        )
    }
    for name in ("judged", "waits"):
        told[name] = ana.adds("visit", customer_id=customer, content=name, outcome="sold")
    told["purchase"] = ana.adds("purchase", customer_id=customer, product_name="净水器", purchase_date="2026-11-20")
    street.everyone_syncs()
    sue.reviews(told["judged"], "approved")
    street.everyone_syncs()
    street.office.clock.now_ms += 100 * DAY
    return street, ana, customer, told


def here(phone, told):
    return {name for name, id in told.items() if phone.store.view(_kind(name), id)}


def _kind(name):
    return "visit" if name in ("judged", "waits") else name


def test_what_is_done_and_old_is_not_sent_and_what_is_open_is(long_ago):
    street, _, customer, told = long_ago
    ben, sam = street.phone("本"), street.phone("山", "supervisor")
    street.everyone_syncs(1)
    assert here(ben, told) == {"waits", "purchase"}
    assert here(sam, told) == set(told)
    assert ben.sees("customer", customer)["name"] == "张三"


def test_what_has_grown_old_leaves_the_device_unless_something_of_it_is_unsent(long_ago):
    _, ana, _, told = long_ago
    assert here(ana, told) == set(told)
    ana.sets("contact_record", told["contact_record"], topic="没送出")
    ana.wire.loses_answers = False
    waiting = ana.waiting()
    ana.store.take_in(*_an_answer_without_push(ana))
    assert (ana.waiting(), here(ana, told)) == (waiting, {"contact_record", "waits", "purchase"})
    ana.syncs()
    assert (ana.waiting(), ana.sees("contact_record", told["contact_record"])["topic"]) == (0, "没送出")


def _an_answer_without_push(phone):
    import asyncio

    asked = phone.store.next_request(limit=0)

    async def ask():
        async with phone.connect(phone.me) as remote:
            return await remote.sync(asked)

    return asyncio.run(ask()), asked


def test_older_records_come_on_demand_and_stay(long_ago):
    street, _, customer, told = long_ago
    ben = street.phone("本")
    ben.syncs()
    assert customer_page.load(ben.store, customer).has_older
    assert ben.fetches_older(customer) >= 2
    assert not customer_page.load(ben.store, customer).has_older
    street.office.clock.now_ms += 3 * DAY
    ben.restarts()
    ben.syncs()
    assert here(ben, told) == set(told)
    assert ben.fetches_older(customer) == 0


def test_an_old_record_that_somebody_touches_comes_by_itself(long_ago):
    street, ana, _, told = long_ago
    ben = street.phone("本")
    ben.syncs()
    ana.sets("contact_record", told["contact_record"], topic="又谈")
    ana.syncs()
    ben.syncs()
    assert here(ben, told) == {"contact_record", "waits", "purchase"}


def test_who_still_has_a_record_hears_of_a_verdict_that_arrives_when_it_is_old(long_ago):
    street, ana, _, told = long_ago
    sam = street.phone("山", "supervisor")
    sam.syncs()
    sam.reviews(told["waits"], "approved")
    street.office.clock.now_ms += 100 * DAY
    ana.syncs()
    sam.syncs()
    ana.syncs()
    assert ana.sees("visit", told["waits"])["review_state"] == "approved"
    street.office.clock.now_ms += DAY
    ana.syncs()
    assert here(ana, told) == {"purchase"}


def test_nobody_is_handed_older_records_of_another_team(long_ago):
    street, _, customer, _ = long_ago
    eve = street.office.phone("Eve", team="west")
    signed = {"authorization": f"Bearer {eve.token}"}
    answer = street.office.answers("GET", f"/v1/customers/{customer}/older", headers=signed)
    assert (answer.status_code, answer.json()["rows"]) == (200, [])


def test_without_a_window_nothing_ages(street):
    street.sets(rep_window_days=0)
    ana = street.phone("安娜")
    customer = ana.adds("customer", name="张三")
    record = ana.adds("contact_record", customer_id=customer, content="来电", channel="phone", contact_at="2026-11-20")
    ana.syncs()
    street.office.clock.now_ms += 4000 * DAY
    ana.syncs()
    assert ana.store.view("contact_record", record)
    assert not customer_page.load(ana.store, customer).has_older
