"""Two people edit the same customer offline; nothing that either wrote is lost or silently overruled."""

import pytest

from tests.street import Street
from visit_core.errors import NotValid

X, Y = "+8613811112222", "+8613822223333"


@pytest.fixture
def town(street):
    """Ana and Ben have the same customer; a supervisor looks on."""
    ana, ben, sue = street.phone("安娜"), street.phone("本"), street.phone("苏", "supervisor")
    customer = ana.adds("customer", name="张三", mobile="13800000000", email="a@b.cn")
    street.everyone_syncs()
    return street, ana, ben, sue, customer


def everybody_sees(street, customer, field):
    seen = {str(phone.sees("customer", customer)[field]) for phone in street.phones}
    return seen | {str(street.server_sees("customer", customer).get(field))}


@pytest.mark.parametrize("ana_first", [True, False])
def test_edits_of_two_fields_both_survive_without_a_conflict(town, ana_first):
    street, ana, ben, _, customer = town
    street.at(10)
    ana.sets("customer", customer, address_detail="幸福路12号")
    street.at(15)
    ben.sets("customer", customer, remark="有狗")
    for phone in (ana, ben) if ana_first else (ben, ana):
        phone.syncs()
    street.everyone_syncs()
    assert everybody_sees(street, customer, "address_detail") == {"幸福路12号"}
    assert everybody_sees(street, customer, "remark") == {"有狗"}
    assert all(not phone.conflicts() for phone in street.phones)


@pytest.mark.parametrize("ana_first", [True, False])
def test_the_later_edit_of_one_field_stands_in_whatever_order_they_arrive(town, ana_first):
    street, ana, ben, sue, customer = town
    street.at(10)
    ana.sets("customer", customer, mobile=X)
    street.at(15)
    ben.sets("customer", customer, mobile=Y)
    street.at(20)
    for phone in (ana, ben) if ana_first else (ben, ana):
        phone.syncs()
    street.everyone_syncs()
    assert everybody_sees(street, customer, "mobile") == {Y}
    (told,), (overseen,) = ana.conflicts(), sue.conflicts()
    assert told == overseen
    assert (told["loser"]["value"], told["loser"]["name"], told["loser"]["at"]) == (
        X,
        "安娜",
        "2026-11-21T22:10:00.000Z",
    )
    assert (told["winner"]["value"], told["before"]) == (Y, "+8613800000000")


@pytest.mark.parametrize("ahead_min", [30, -30, 3 * 24 * 60, -3 * 24 * 60])
@pytest.mark.parametrize("ana_first", [True, False])
def test_a_wrong_clock_does_not_decide(street, ahead_min, ana_first):
    ana, ben = street.phone("安娜", ahead_min=ahead_min), street.phone("本")
    customer = ben.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    street.at(10)
    ana.sets("customer", customer, mobile=X)
    street.at(15)
    ben.sets("customer", customer, mobile=Y)
    street.at(20)
    for phone in (ana, ben) if ana_first else (ben, ana):
        phone.syncs()
    street.everyone_syncs()
    assert everybody_sees(street, customer, "mobile") == {Y}


def test_the_loser_restores_in_one_action_and_it_stands_everywhere(town):
    street, ana, ben, sue, customer = town
    ana.sets("customer", customer, mobile=X)
    street.at(5)
    ben.sets("customer", customer, mobile=Y)
    street.everyone_syncs()
    street.at(9)
    ana.restores(ana.conflicts()[0]["id"])
    street.everyone_syncs()
    assert everybody_sees(street, customer, "mobile") == {X}
    assert [one["state"] for one in sue.conflicts()] == ["restored"]


def test_an_answer_to_a_value_that_was_seen_is_no_conflict(town):
    street, ana, ben, sue, customer = town
    ana.sets("customer", customer, mobile=X)
    street.everyone_syncs()
    ben.sets("customer", customer, mobile=Y)
    street.everyone_syncs()
    assert everybody_sees(street, customer, "mobile") == {Y}
    assert not sue.conflicts()


def test_a_correction_right_after_a_pull_wins_even_when_the_clocks_are_a_second_apart(street):
    fast, slow = street.phone("快", ahead_min=1 / 60), street.phone("慢", ahead_min=-1 / 60)
    customer = fast.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    fast.reboots(), slow.reboots()
    fast.sets("customer", customer, mobile=X)
    fast.reboots()
    fast.syncs()
    slow.syncs()
    slow.sets("customer", customer, mobile=Y)
    slow.reboots()
    street.everyone_syncs()
    assert everybody_sees(street, customer, "mobile") == {Y}


def test_a_field_cleared_offline_stays_empty(town):
    street, ana, _, _, customer = town
    ana.sets("customer", customer, email=None)
    street.everyone_syncs()
    assert everybody_sees(street, customer, "email") == {"None"}


def test_tags_that_two_people_add_and_remove_are_merged_one_by_one(town):
    street, ana, ben, _, customer = town
    ana.sets("customer", customer, tags=["老客户", "有狗"])
    street.everyone_syncs()
    ana.sets("customer", customer, tags=["老客户", "二楼"])
    ben.sets("customer", customer, tags=["老客户", "有狗", "周末"])
    street.everyone_syncs()
    assert set(ana.sees("customer", customer)["tags"]) == {"老客户", "二楼", "周末"}
    assert ana.sees("customer", customer)["tags"] == ben.sees("customer", customer)["tags"]


def test_an_edit_of_a_deleted_customer_is_kept_underneath_and_shown_as_a_conflict(town):
    street, ana, ben, sue, customer = town
    street.at(5)
    ana.deletes("customer", customer)
    street.at(6)
    ben.sets("customer", customer, remark="搬到隔壁了")
    street.everyone_syncs()
    assert [one["rule"] for one in sue.conflicts()] == ["delete"]
    assert not sue.lists("customer")
    sue.restores(sue.conflicts()[0]["id"])
    street.everyone_syncs()
    assert everybody_sees(street, customer, "remark") == {"搬到隔壁了"}
    assert [one["id"] for one in ben.lists("customer")] == [customer]


def test_who_arrived_first_at_a_door_stays_first(town):
    street, ana, ben, _, customer = town
    visit = ana.adds("visit", customer_id=customer, outcome="sold", check_in_at="2026-11-21T21:50:00Z")
    street.everyone_syncs()
    ana.sets("visit", visit, check_out_at="2026-11-21T21:58:00Z")
    street.at(1)
    ben.sets("visit", visit, check_out_at="2026-11-21T21:59:00Z")
    street.everyone_syncs()
    seen = {phone.sees("visit", visit)["check_out_at"] for phone in street.phones}
    assert seen == {"2026-11-21T21:58:00.000Z"}
    (told,) = ben.conflicts()
    with pytest.raises(NotValid, match="written_once"):
        ben.restores(told["id"])


def test_two_reps_who_find_the_same_new_customer_both_keep_theirs(street: Street):
    ana, ben = street.phone("安娜"), street.phone("本")
    first = ana.adds("customer", name="李四", mobile="13900000000")
    second = ben.adds("customer", name="李四", mobile="13900000000")
    street.everyone_syncs()
    assert {one["id"] for one in ana.lists("customer")} == {first, second} == {c["id"] for c in ben.lists("customer")}
