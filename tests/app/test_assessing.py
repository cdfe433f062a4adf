"""What the rules say of a customer on this device, and how the stage moves with what happens."""

from pathlib import Path

import pytest

from field_app.actions import records, sync_centre
from tests.app.device import Device
from tests.app.fakes import FakeServer
from tests.app.phones import a_phone


@pytest.fixture
def customer(ana: Device) -> str:
    return ana.add("customer", "name=张三", "mobile=13800000000", "willingness=4")


def buys(device: Device, customer: str, day: str, amount: str) -> str:
    return device.add(
        "purchase", f"customer_id={customer}", f"purchase_date={day}", "product_name=手表", f"amount={amount}"
    )


def stage(device: Device, customer: str) -> str:
    return str(device.get("customer", customer)["lifecycle_stage"])


def moves(device: Device) -> list[tuple[str, str, str]]:
    return sorted((one["from"], one["to"], one["cause"]) for one in device.list("lifecycle_event"))


def test_a_customer_is_shown_with_grade_score_and_terms(ana: Device, customer: str) -> None:
    ana.add("customer", "name=李四", f"referrer_id={customer}")
    for amount in ("3000", "3000", "2500"):
        buys(ana, customer, "2026-11-11", amount)
    record = ana.get("customer", customer)
    assert (record["grade"], record["grade_score"], record["referral_count"]) == ("A", 68, 1)
    assert record["grade_terms"][0] == {"term": "R", "fact": "10", "points": 5, "gives": 20}


def test_why_tells_grade_promise_and_stage_in_words(ana: Device, customer: str) -> None:
    told = ana.ask("why", customer)
    assert told["grade"]["is"] == "C"
    assert told["grade"]["why"][0] == "还没有购买记录，所以是 C"
    assert told["prospect"]["score"] == 40
    assert told["stage"] == {"is": "lead", "why": "刚认识，还没有表示兴趣"}


def test_a_visit_that_went_well_makes_a_prospect_and_the_first_purchase_a_customer(ana: Device, customer: str) -> None:
    ana.add("visit", f"customer_id={customer}", "outcome=not_home")
    assert stage(ana, customer) == "lead"
    ana.add("visit", f"customer_id={customer}", "outcome=感兴趣", "product_interest=手表")
    assert stage(ana, customer) == "prospect"
    buys(ana, customer, "2026-11-20", "10")
    assert stage(ana, customer) == "new"
    assert moves(ana) == [("lead", "prospect", "rule"), ("prospect", "new", "rule")]


def test_a_stage_follows_a_corrected_purchase(ana: Device, customer: str) -> None:
    purchase = buys(ana, customer, "2026-11-20", "10")
    ana.ask("set", "purchase", purchase, "purchase_date=2026-10-01")
    assert stage(ana, customer) == "active"


def test_a_stage_that_somebody_sets_stays_until_who_left_buys_again(ana: Device, customer: str) -> None:
    ana.ask("set", "customer", customer, "lifecycle_stage=流失客户")
    ana.add("visit", f"customer_id={customer}", "outcome=感兴趣")
    assert stage(ana, customer) == "churned"
    ana.clock.passes(2 * 86_400_000)
    buys(ana, customer, "2026-11-22", "10")
    assert stage(ana, customer) == "new"
    assert moves(ana) == [("churned", "new", "rule"), ("lead", "churned", "manual")]


def test_a_stage_that_is_set_to_what_it_is_tells_nothing(ana: Device, customer: str) -> None:
    ana.ask("set", "customer", customer, "lifecycle_stage=lead")
    assert moves(ana) == []


def test_contacts_that_were_not_looked_at_for_long_are_to_be_verified(ana: Device, customer: str) -> None:
    ana.ask("set", "customer", customer, "verified_at=2025-11-20")
    assert ana.get("customer", customer)["profile_status"] == "to_verify"
    ana.ask("set", "customer", customer, "verified_at=2026-11-21")
    assert ana.get("customer", customer)["profile_status"] == "complete"


def test_a_customer_is_shown_with_what_they_allow(ana: Device, customer: str) -> None:
    for purpose, state in (("service", "given"), ("marketing", "given")):
        ana.add("consent", f"customer_id={customer}", f"purpose={purpose}", f"state={state}")
    ana.clock.passes(1000)
    ana.add("consent", f"customer_id={customer}", "purpose=marketing", "state=withdrawn")
    assert ana.get("customer", customer)["allows"] == {"service": "given", "marketing": "withdrawn"}


def test_who_is_known_already_is_told_by_number_name_or_door_with_the_number_masked(ana: Device) -> None:
    door = ana.add("household", "community=花家地北里", "building=3号楼", "unit=2单元", "room=501")
    known = ana.add("customer", "name=张三", "mobile=13800001234", f"household_id={door}")
    alike = {"id": known, "by": "number", "name": "张三", "phone": "138****1234"}
    assert ana.ask("who", "mobile=1380") == {"alike": [alike]}
    assert ana.ask("who", "mobile=138") == {"alike": []}
    assert ana.ask("who", "name=张 三")["alike"][0]["by"] == "name"
    assert ana.ask("who", "address_detail=北京市朝阳区花家地北里3-2-501")["alike"][0]["by"] == "door"


def test_what_a_rule_adds_travels_with_a_visit_and_is_not_counted_as_work_that_waits(
    tmp_path: Path, server: FakeServer
) -> None:
    ana = a_phone(tmp_path / "ana.log", server)
    customer = ana.records("张三")
    ana.syncs()
    records.add(ana.store, "visit", {"customer_id": customer, "outcome": "interested"})
    assert [entry.by_rule for entry in ana.store.waiting()] == [False, True, True]
    assert ana.store.waiting_records() == 1
    assert len(sync_centre.load(ana.store, "").items) == 1
    assert ana.syncs().pushed == 3


def test_the_scripted_device_lists_whom_a_sale_may_come_of_and_why(ana):
    customer = ana.add("customer", "name=张三")
    ana.add("customer", "name=李四")
    ana.add("need", f"customer_id={customer}", "need_type=产品需求", "detail=换锅", "urgency=紧急")
    (told,) = ana.ask("chances")["chances"]
    assert (told["id"], told["score"], told["planned"]) == (customer, 30, False)
    assert told["why"] == ["有紧急或重要的需求未解决，共 1 个（+30）"]
    assert ana.ask("why", customer)["chance"]["score"] == 30


def test_a_need_or_an_opportunity_moves_no_stage(ana, customer):
    bought = buys(ana, customer, "2026-11-01", "100")
    ana.ask("delete", "purchase", bought)
    told = len(ana.list("lifecycle_event"))
    ana.add("need", f"customer_id={customer}", "need_type=产品需求", "detail=换锅")
    ana.add("opportunity", f"customer_id={customer}", "title=换锅", "stage=contact")
    assert len(ana.list("lifecycle_event")) == told == 2  # bought, and then not
