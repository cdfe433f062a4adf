"""A visit from the door to the verdict, and values that were overruled."""

import pytest

from tests.app.conftest import Enrol
from tests.app.device import Device
from tests.app.fakes import FakeServer


def a_customer(device: Device, *more: str) -> str:
    return device.add("customer", "name=张三", "mobile=13800000000", *more)


def a_visit(device: Device, *more: str) -> str:
    return device.add("visit", f"customer_id={a_customer(device)}", "outcome=感兴趣", *more)


def test_a_first_visit_and_a_revisit_are_told_apart_by_history(ana: Device) -> None:
    customer = a_customer(ana)
    first = ana.add("visit", f"customer_id={customer}", "outcome=interested")
    second = ana.add("visit", f"customer_id={customer}", "outcome=sold")
    assert ana.get("visit", first)["visit_type"] == "first"
    assert ana.get("visit", second)["visit_type"] == "revisit"


def test_a_new_visit_is_done_now_and_waits_for_review(ana: Device) -> None:
    visit = ana.get("visit", a_visit(ana))
    assert visit["status"] == "done"
    assert visit["check_in_at"] == "2026-11-21T02:00:00.000Z"
    assert (visit["review_state"], visit["review_round"]) == ("pending", 1)


def test_what_a_visit_tells_of_the_customer_is_kept_with_the_customer(ana: Device) -> None:
    customer = a_customer(ana, "interests=净水器")
    ana.add(
        "visit", f"customer_id={customer}", "outcome=interested", "purchase_intention=very", "product_interest=空调"
    )
    record = ana.get("customer", customer)
    assert record["purchase_intention"] == "very"
    assert record["interests"] == ["净水器", "空调"]


def test_a_visit_with_a_next_date_makes_one_followup_that_moves_with_it(ana: Device) -> None:
    visit = a_visit(ana, "next_date=2026-11-25", "next_action=送样品")
    ana.ask("set", "visit", visit, "next_date=2026-12-01")
    (followup,) = ana.list("followup")
    assert (followup["title"], followup["due_date"]) == ("送样品", "2026-12-01")
    assert followup["source_ref"] == visit
    ana.ask("set", "visit", visit, "next_date=")
    assert ana.list("followup")[0]["status"] == "dropped"


def test_a_rep_may_not_review(ana: Device, enrolled: Enrol) -> None:
    visit = a_visit(ana)
    assert ana.refuse(2, "review", visit, "approved")["code"] == "not_allowed"
    assert ana.refuse(2, "set", "visit", visit, "review_state=approved")["code"] == "not_allowed"


def test_a_returned_visit_needs_a_comment(ana: Device, enrolled: Enrol) -> None:
    visit, sue = a_visit(ana), enrolled("sue", "supervisor")
    ana.sync()
    sue.sync()
    assert sue.refuse(2, "review", visit, "returned")["field"] == "review_notes"


@pytest.mark.parametrize("way", ["review", "set"])
def test_a_visit_is_returned_corrected_and_approved(ana: Device, enrolled: Enrol, way: str) -> None:
    visit, sue = a_visit(ana, "content=短"), enrolled("sue", "supervisor")
    ana.sync()
    sue.sync()
    if way == "review":
        sue.ask("review", visit, "returned", "--field", "content", "--comment", "写详细些")
    else:
        note = '[{"field":"content","comment":"写详细些"}]'
        sue.ask("set", "visit", visit, "review_state=returned", f"review_notes:={note}")
    sue.sync()
    ana.sync()
    ana.server.is_off = True
    returned = ana.get("visit", visit)
    (note_seen,) = returned["review_notes"]
    assert returned["review_state"] == "returned"
    assert (note_seen["field"], note_seen["comment"], note_seen["resolved"]) == ("content", "写详细些", False)
    assert (note_seen["by"], note_seen["at"]) == (returned["reviewed_by"], returned["reviewed_at"])
    ana.ask("set", "visit", visit, "content=客户想要大号的净水器")
    corrected = ana.get("visit", visit)
    assert (corrected["review_state"], corrected["review_round"]) == ("pending", 2)
    assert corrected["reviewed_by"] is None
    assert corrected["review_notes"][0]["resolved"] is True
    ana.server.is_off = False
    ana.sync()
    sue.sync()
    sue.ask("review", visit, "已通过")
    sue.sync()
    ana.sync()
    assert ana.get("visit", visit)["review_state"] == "approved"


def test_a_loser_has_a_notice_and_restores_in_one_call(ana: Device, server: FakeServer) -> None:
    customer = a_customer(ana)
    ana.sync()
    conflict = server.overrules(
        "customer", customer, "mobile", loser="aaaaaaaa", stands="+8613900000000", lost="+8613800000000"
    )
    server.puts("customer", customer, {"mobile": "+8613900000000"}, ["team:north"])
    ana.sync()
    assert ana.ask("status")["notices"] == 1
    assert ana.get("customer", customer)["sync_state"] == "conflict"
    (told,) = ana.ask("conflicts")["conflicts"]
    assert (told["id"], told["record_id"], told["field"]) == (conflict, customer, "mobile")
    assert (told["loser"]["value"], told["loser"]["name"]) == ("+8613800000000", "ana")
    assert ana.ask("restore", conflict) == {"id": customer}
    assert ana.get("customer", customer)["mobile"] == "+8613800000000"
    ana.sync()
    assert ana.ask("status")["notices"] == 0
    assert ana.ask("conflicts")["conflicts"][0]["state"] == "restored"
