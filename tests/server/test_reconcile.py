"""What becomes of changes that meet: order and repetition do not matter, nothing entered is lost."""

import json

import pytest

from tests.server.world import MINUTE, Office, Phone
from visit_core.errors import ClonedDevice

X, Y = "+8613800000001", "+8613900000002"


def two_phones_that_know_a_customer(office: Office, **ahead_ms: int) -> tuple[Phone, Phone, str]:
    ana = office.phone("Ana", ahead_ms=ahead_ms.get("ana", 0))
    ben = office.phone("Ben", ahead_ms=ahead_ms.get("ben", 0))
    id = ana.creates(name="王芳", mobile="+8613700000000", address_detail="春风路1号")
    ana.syncs()
    ben.syncs()
    ana.syncs()
    return ana, ben, id


def sync_in_order(office: Office, *phones: Phone) -> None:
    for minute, phone in enumerate(phones, start=30):
        office.clock.at(minute)
        phone.syncs()


@pytest.mark.parametrize("is_ana_first", [True, False])
def test_two_fields_edited_offline_both_stand_without_a_conflict(office, is_ana_first):
    ana, ben, id = two_phones_that_know_a_customer(office)
    office.clock.at(10)
    ana.sets("customer", id, address_detail="春风路2号")
    office.clock.at(15)
    ben.sets("customer", id, remark="下午在家")
    sync_in_order(office, *((ana, ben) if is_ana_first else (ben, ana)), ana, ben)
    assert ana.sees("customer", id) == ben.sees("customer", id)
    assert ana.sees("customer", id)["address_detail"] == "春风路2号"
    assert ana.sees("customer", id)["remark"] == "下午在家"
    assert office.conflicts(ana.team) == []


@pytest.mark.parametrize("is_ana_first", [True, False])
@pytest.mark.parametrize("ahead_min", [0, 30, -30])
def test_the_later_edit_stands_and_the_other_is_kept_whatever_the_order_and_the_clock(office, is_ana_first, ahead_min):
    ana, ben, id = two_phones_that_know_a_customer(office, ana=ahead_min * MINUTE)
    office.clock.at(10)
    ana.sets("customer", id, mobile=X)
    office.clock.at(15)
    ben.sets("customer", id, mobile=Y)
    sync_in_order(office, *((ana, ben) if is_ana_first else (ben, ana)), ana, ben)
    assert ana.sees("customer", id)["mobile"] == ben.sees("customer", id)["mobile"] == Y
    (conflict,) = office.conflicts(ana.team)
    assert (conflict["field"], conflict["base"], conflict["rule"]) == ("mobile", "+8613700000000", "last")
    assert (conflict["winner"]["value"], conflict["winner"]["by"]) == (Y, ben.person)
    assert (conflict["loser"]["value"], conflict["loser"]["by"]) == (X, ana.person)
    assert conflict["loser"]["at"].startswith("2026-11-21T22:10:00")
    assert ana.sees("conflict", conflict["id"])["state"] == "open"


def test_the_loser_restores_in_one_change_and_closes_the_conflict(office):
    ana, ben, id = two_phones_that_know_a_customer(office)
    ana.sets("customer", id, mobile=X)
    office.clock.at(5)
    ben.sets("customer", id, mobile=Y)
    sync_in_order(office, ben, ana)
    (conflict,) = office.conflicts(ana.team)
    ana.sets("customer", id, mobile=X)
    ana.sets("conflict", conflict["id"], state="restored")
    sync_in_order(office, ana, ben)
    assert ben.sees("customer", id)["mobile"] == X
    (closed,) = office.conflicts(ana.team)
    assert closed["state"] == "restored"


def test_who_saw_a_value_overrules_it_even_with_a_clock_that_is_behind(office):
    ana, ben, id = two_phones_that_know_a_customer(office)
    office.clock.at(10)
    ana.sets("customer", id, remark="first")
    ana.syncs()
    ben.syncs()
    ben.boot, ben.ahead_ms = "boot-2", -60 * MINUTE
    change = ben.sets("customer", id, remark="second")
    change["clock"] = {**change["clock"], "boot": "boot-1", "wall_ms": 0}
    ben.syncs()
    assert office.sees(ana.team, "customer", id)["remark"] == "second"
    assert office.conflicts(ana.team) == []


def test_a_chain_of_offline_edits_does_not_conflict_with_itself(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳")
    for step in range(5):
        ana.sets("customer", id, remark=f"step {step}")
    ana.syncs()
    assert office.sees(ana.team, "customer", id)["remark"] == "step 4"
    assert office.conflicts(ana.team) == []


def test_set_members_of_two_people_are_united(office):
    ana, ben, id = two_phones_that_know_a_customer(office)
    ana.does("set", "customer", id, **{"tags.vip": 1})
    ben.does("set", "customer", id, **{"tags.dog": 1})
    sync_in_order(office, ana, ben, ana)
    assert sorted(office.sees(ana.team, "customer", id)["tags"]) == ["dog", "vip"]


@pytest.mark.parametrize("is_delete_first", [True, False])
def test_a_deletion_and_an_unseen_edit_give_one_conflict_and_nothing_is_lost(office, is_delete_first):
    ana, ben, id = two_phones_that_know_a_customer(office)
    office.clock.at(10)
    ana.does("delete", "customer", id)
    office.clock.at(11)
    ben.sets("customer", id, remark="moved")
    sync_in_order(office, *((ana, ben) if is_delete_first else (ben, ana)))
    assert office.sees(ana.team, "customer", id)["deleted"] is True
    (conflict,) = office.conflicts(ana.team)
    assert (conflict["rule"], conflict["field"]) == ("delete", "deleted")
    assert conflict["winner"]["by"] == ana.person
    assert (conflict["loser"]["by"], conflict["loser"]["value"]) == (ben.person, {"remark": "moved"})
    sync_in_order(office, ben)
    ben.does("restore", "customer", id)
    ben.syncs()
    assert office.sees(ana.team, "customer", id)["deleted"] is False
    assert office.sees(ana.team, "customer", id)["remark"] == "moved"


def test_what_is_written_once_stays_as_it_was_first_written(office):
    ana, ben, customer = two_phones_that_know_a_customer(office)
    visit = ana.creates("visit", customer_id=customer, check_in_at="2026-11-21T21:00:00.000Z")
    office.clock.at(5)
    ben.sets("visit", visit, check_in_at="2026-11-21T21:30:00.000Z")
    sync_in_order(office, ben, ana)
    assert office.sees(ana.team, "visit", visit)["check_in_at"] == "2026-11-21T21:00:00.000Z"
    (conflict,) = office.conflicts(ana.team)
    assert conflict["rule"] == "first"
    assert conflict["loser"]["by"] == ben.person


def test_the_same_request_twice_changes_nothing_and_answers_the_same(office):
    ana, ben, id = two_phones_that_know_a_customer(office)
    ana.sets("customer", id, mobile=X)
    ben.sets("customer", id, mobile=Y)
    ben.syncs()
    body = json.dumps(ana.request()).encode()
    first, counts = ana.sends(body), office.store.counts()
    again = ana.sends(body)
    assert [result.status for result in again.results] == ["duplicate"]
    assert (again.results[0].stamp, again.results[0].seq) == (first.results[0].stamp, first.results[0].seq)
    assert again.results[0].conflict == first.results[0].conflict
    assert office.store.counts() == counts


def test_the_same_number_with_other_content_is_a_cloned_device_and_nothing_is_applied(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳")
    ana.syncs()
    ana.n = 0
    ana.does("set", "customer", id, name="Someone else")
    ana.does("set", "customer", id, remark="more")
    with pytest.raises(ClonedDevice):
        ana.syncs()
    assert office.sees(ana.team, "customer", id)["name"] == "王芳"
    assert "remark" not in office.sees(ana.team, "customer", id)


def test_a_gap_in_the_numbers_stops_there_and_asks_for_the_missing_one(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    lost = ana.unsent.pop
    ana.creates(name="李强")
    lost()
    ana.creates(name="赵敏")
    answer = ana.syncs()
    assert (answer.expect_n, len(answer.results)) == (2, 1)


def test_one_bad_change_is_kept_whole_and_never_stops_the_others(office):
    ana = office.phone("Ana")
    before = ana.creates(name="王芳")
    ana.creates(name="李强", mobile="not a number")
    after = ana.creates(name="赵敏")
    answer = ana.syncs()
    assert [result.status for result in answer.results] == ["applied", "rejected", "applied"]
    assert (answer.results[1].error.code, answer.results[1].error.field) == ("not_valid", "mobile")
    assert answer.expect_n == 4
    assert {before, after} <= {id for _, id in ana.rows}
    (kept,) = office.store.read(ana.team, lambda reading: reading.quarantine(10))
    assert json.loads(kept.payload)["fields"]["mobile"] == "not a number"


def test_a_refused_change_is_refused_again_when_it_is_sent_again(office):
    ana = office.phone("Ana")
    ana.creates(mobile="not a number")
    body = json.dumps(ana.request()).encode()
    assert ana.sends(body).results == ana.sends(body).results


def test_fields_and_kinds_that_only_a_newer_app_knows_are_kept(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    id = ana.creates(name="王芳", shoe_size=42)
    other = ana.creates("solar_roof", panels=12)
    ana.syncs()
    ben.syncs()
    assert ben.sees("customer", id)["shoe_size"] == 42
    assert ben.sees("solar_roof", other)["panels"] == 12


def test_a_set_that_arrives_before_its_create_is_not_lost(office):
    ana, ben, _ = two_phones_that_know_a_customer(office)
    id = ana.creates(name="赵敏")
    office.clock.at(3)
    ben.sets("customer", id, remark="seen on paper")
    sync_in_order(office, ben, ana)
    assert office.sees(ana.team, "customer", id)["name"] == "赵敏"
    assert office.sees(ana.team, "customer", id)["remark"] == "seen on paper"
    assert office.sees(ana.team, "customer", id)["created_by"] == ana.person


def test_devices_are_told_who_made_and_who_changed_a_record(office):
    ana, ben, id = two_phones_that_know_a_customer(office)
    office.clock.at(7)
    ben.sets("customer", id, remark="x")
    ben.syncs()
    row = ben.sees("customer", id)
    assert (row["created_by"], row["updated_by"], row["team_id"]) == (ana.person, ben.person, ana.team)
    assert (row["created_at"], row["updated_at"]) == ("2026-11-21T22:00:00.000Z", "2026-11-21T22:07:00.000Z")
    assert row["deleted"] is False


@pytest.mark.parametrize("is_ana_first", [True, False])
def test_who_says_the_same_and_then_something_else_overrules_the_other_all_the_same(office, is_ana_first):
    ana, ben, id = two_phones_that_know_a_customer(office)
    office.clock.at(1)
    ana.sets("customer", id, mobile=X)
    office.clock.at(2)
    ben.sets("customer", id, mobile=X)
    ben.sets("customer", id, mobile=Y)
    sync_in_order(office, *((ana, ben) if is_ana_first else (ben, ana)))
    (conflict,) = office.conflicts(ana.team)
    assert (conflict["loser"]["value"], conflict["loser"]["by"]) == (X, ana.person)
    assert (conflict["winner"]["value"], conflict["winner"]["by"]) == (Y, ben.person)
