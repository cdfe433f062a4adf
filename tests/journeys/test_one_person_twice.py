"""T26: two reps without a network write down one person at one door; a supervisor makes one customer of them."""

import pytest

from field_app.actions import customer_list, duplicates
from field_app.actions.happenings import happenings_of
from field_app.actions.latecomers import late_at
from field_app.actions.merging import merge, say_apart, undo
from field_app.actions.wanted_places import keeps_no_place
from sync_server.assessing import assessed
from tests.server.test_devices import asks
from visit_core.stamp import instant

DAY_MINUTES = 24 * 60
OF_THE_MOMENT = {"updated_at", "updated_by", "grade_terms"}
PERSON = {"name": "苏晴", "mobile": "15910203040", "address_detail": "学院路37号院6楼3单元1102"}


@pytest.fixture
def town(street):
    """Ana and Ben each wrote her down, called on her and sold her something; all that has reached everybody."""
    ana, ben, sue = street.phone("安娜"), street.phone("本"), street.phone("苏", "supervisor")
    street.at(1)
    one = ana.adds("customer", **PERSON, remark="周末在家", tags=["邻居介绍"])
    ana.adds("visit", customer_id=one, outcome="interested", content="看了样品")
    street.at(2)
    other = ben.adds("customer", **PERSON, remark="晚上八点后", email="su@example.org")
    ben.adds("purchase", customer_id=other, product_name="净水器", purchase_date="2026-11-21", amount="2999")
    street.everyone_syncs()
    return street, (ana, ben, sue), (one, other)


def everybody(street, look):
    """What every phone sees, if it is the same."""
    (seen,) = {repr(look(phone.store)) for phone in street.phones}
    return seen


def customers(store):
    return sorted(row.id for row in customer_list.load(store).rows)


def told(store, customer):
    return sorted((each.kind, each.id) for each in happenings_of(store, customer) if each.kind in ("visit", "purchase"))


def test_t26_both_are_kept_and_the_pair_is_found_on_the_phone_and_on_the_server(town):
    street, (ana, _, sue), two = town
    assert everybody(street, customers) == repr(sorted(two))
    (pair,) = duplicates.load(sue.store).pairs
    assert ((pair.one.id, pair.other.id), pair.is_at_one_door) == (two, True)
    assert (pair.one.visits, pair.other.visits) == (1, 0)
    office = street.office
    asked = {"headers": {"authorization": f"Bearer {sue.me.token}"}}
    (shown,) = office.answers("GET", "/v1/duplicates", **asked).json()["pairs"]
    assert [one["id"] for one in shown["customers"]] == list(two)
    assert (shown["by"], shown["same_door"], shown["customers"][0]["phone"]) == ("number", True, "159****3040")
    rep = {"headers": {"authorization": f"Bearer {ana.me.token}"}}
    assert office.answers("GET", "/v1/duplicates", **rep).status_code == 403


def test_t26_a_merge_keeps_everything_and_is_written_down(town):
    street, (_, _, sue), two = town
    before = told(sue.store, two[0]) + told(sue.store, two[1])
    merge(sue.store, *two)
    street.everyone_syncs()
    assert everybody(street, customers) == repr([two[0]])
    for phone in street.phones:
        assert told(phone.store, two[0]) == told(phone.store, two[1]) == sorted(before)
        seen = phone.sees("customer", two[1])
        assert (seen["id"], seen["email"], seen["remark"]) == (two[0], "su@example.org", "晚上八点后")
    (event,) = [one for one in sue.lists("audit_event") if one["action"] == "merge"]
    assert (event["actor_id"], event["entity_id"]) == (sue.me.person, two[1])
    assert street.server_sees("customer", two[1])["merged_into"] == two[0]


def test_t26_the_server_grades_the_one_that_is_left_as_the_phones_do(town):
    street, (ana, _, sue), two = town
    merge(sue.store, *two)
    street.everyone_syncs()
    for asked in two:
        found = assessed(street.office.store, ana.me.team, asked, ana.store.moment().today)
        here = ana.sees("customer", asked)
        assert (found.told.grade, found.told.by_rule.score) == (here["grade"], here["grade_score"])
        assert found.told.worth.spent == 2999


@pytest.mark.parametrize("days", [0, 29])
def test_t26_undoing_it_restores_both(town, days):
    street, (ana, ben, sue), two = town
    before = [ana.sees("customer", one) for one in two]
    said = merge(sue.store, *two)
    street.everyone_syncs()
    street.at(10 + days * DAY_MINUTES)
    undo(sue.store, said)
    street.everyone_syncs()
    assert everybody(street, customers) == repr(sorted(two))
    for phone in street.phones:
        for one, was in zip(two, before, strict=True):
            seen = phone.sees("customer", one)
            assert {n: v for n, v in seen.items() if v != was.get(n)}.keys() <= OF_THE_MOMENT
    assert told(ben.store, two[1])[0][0] == "purchase"
    (shown,) = duplicates.load(sue.store).pairs
    assert shown.one.id == two[0]


def test_t26_what_a_phone_without_a_network_writes_into_the_merged_one_is_seen_on_the_one_that_is_left(town):
    street, (_, ben, sue), two = town
    merge(sue.store, *two)
    sue.syncs()
    street.at(20)
    ben.sets("customer", two[1], wechat_id="suqing_88")
    visit = ben.adds("visit", customer_id=two[1], outcome="sold", content="再买一台")
    street.everyone_syncs()
    for phone in street.phones:
        assert ("visit", visit) in told(phone.store, two[0])
        assert [(late.spec.name, late.value) for late in late_at(phone.store, two[0])] == [("wechat_id", "suqing_88")]
    assert street.overruled() == set()


def test_t26_two_supervisors_merge_opposite_ways_at_once(town):
    street, (ana, _, sue), two = town
    eva = street.phone("伊娃", "supervisor")
    eva.syncs()
    there, back = merge(sue.store, *two), merge(eva.store, two[1], two[0])
    street.everyone_syncs(3)
    assert everybody(street, customers) == repr([min(two)])
    assert ana.sees("customer", max(two))["id"] == min(two)
    undo(sue.store, there)
    street.everyone_syncs()
    assert len(customers(ana.store)) == 1
    undo(eva.store, back)
    street.everyone_syncs()
    assert everybody(street, customers) == repr(sorted(two))


def test_t26_two_supervisors_merge_one_customer_into_two_others_and_one_of_them_is_told(town):
    street, (ana, _, sue), (one, other) = town
    third = ana.adds("customer", **PERSON)
    eva = street.phone("伊娃", "supervisor")
    street.everyone_syncs()
    street.at(30)
    merge(sue.store, one, other)
    street.at(31)
    merge(eva.store, third, other)
    street.everyone_syncs(3)
    assert everybody(street, customers) == repr(sorted((one, third)))
    assert ana.sees("customer", other)["id"] == third
    (told_of,) = [each for each in eva.conflicts() if each["field"] == "merged_into"]
    assert (told_of["loser"]["value"], told_of["winner"]["value"]) == (one, third)
    sue.restores(told_of["id"])
    street.everyone_syncs(2)
    assert ana.sees("customer", other)["id"] == one
    assert everybody(street, customers) == repr(sorted((one, third)))


def test_a_no_to_the_exact_place_said_to_one_of_them_holds_for_both(town):
    street, (ana, _, sue), two = town
    ana.adds("consent", customer_id=two[1], purpose="location", state="refused")
    merge(sue.store, *two)
    street.everyone_syncs()
    assert all(keeps_no_place(phone.store, two[0]) for phone in street.phones)
    fix = {"lat": 30.1, "lng": 120.1, "acc": 8}
    street.at(40)
    unknowing = street.office.phone("Ned", team="east")
    visit = unknowing.creates("visit", customer_id=two[0], check_in_at=instant(street.office.clock()), check_in_fix=fix)
    unknowing.syncs()
    assert street.server_sees("visit", visit).get("check_in_fix") is None


def test_who_was_said_to_be_two_is_a_pair_on_no_phone_and_not_on_the_server(town):
    street, (_, _, sue), two = town
    say_apart(sue.store, *two)
    street.everyone_syncs()
    assert everybody(street, lambda store: duplicates.load(store).pairs) == "()"
    found = asks(street.office, type("Bearer", (), {"token": sue.me.token}), "GET", "/v1/duplicates")
    assert found.json()["pairs"] == []
