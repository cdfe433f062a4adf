"""A place that the customer did not allow is kept nowhere, whichever phone sends it, and nothing else is lost."""

import json

import pytest

from field_app.actions import conflicts, consents, sync_centre
from field_app.actions.importing import Asked, import_table
from field_app.local_store import Edit
from sync_server.importing import Asked as AskedThere
from sync_server.importing import gather
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.explain import explain

FIX = {"lat": 31.2304, "lng": 121.4737, "acc": 9.0, "age": 2, "provider": "device", "mock": False, "sys": "wgs84"}
PLACE: Registers = {"lat": 31.2304, "lng": 121.4737, "coord_acc_m": 9, "coord_sys": "WGS-84", "coord_at": None}


@pytest.fixture
def town(street):
    """Two phones that know a customer; 安娜's has heard what the customer says, 本's has not."""
    ana, ben = street.phone("安娜"), street.phone("本")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    return street, ana, ben, customer


def says(street, phone, customer, state, minute):
    street.at(minute)
    consents.keep_word(phone.store, customer, "location", state)


def log_of(street, phone, kind, record):
    history = street.office.store.read(phone.me.team, lambda reading: reading.history((kind, record)))
    return json.dumps([[logged.payload, logged.registers] for logged in history])


def told(phone):
    return [explain(item.why, "zh", kind=item.kind) for item in sync_centre.load(phone.store, "").confirmed if item.why]


@pytest.mark.parametrize("states", [("refused",), ("given", "withdrawn")])
def test_a_visit_of_a_phone_that_had_not_heard_of_the_no_arrives_without_its_place(town, states):
    street, ana, ben, customer = town
    for minute, state in enumerate(states, start=1):
        says(street, ana, customer, state, minute)
    ana.syncs()
    street.at(5)
    visit = ben.adds("visit", customer_id=customer, outcome="sold", content="谈成了", check_in_fix=FIX)
    assert ben.sees("visit", visit)["check_in_fix"]["lat"] == 31.2304
    street.everyone_syncs()
    for phone in (ana, ben):
        seen = phone.sees("visit", visit)
        assert (seen["check_in_fix"], seen["content"], seen["outcome"]) == (None, "谈成了", "sold")
        assert seen["check_in_at"]
    assert ben.lists("visit")[0]["sync_state"] == "synced"
    assert "31.2304" not in log_of(street, ana, "visit", visit)
    assert told(ben) == ["到访定位没有保存：客户没有同意记录准确位置。其余内容都已送达"]


def test_a_position_that_comes_late_takes_nothing_along(town):
    street, ana, ben, customer = town
    visit = ben.adds("visit", customer_id=customer, outcome="sold", content="谈成了")
    street.everyone_syncs()
    says(street, ana, customer, "refused", 2)
    ana.syncs()
    street.at(5)
    ben.sets("visit", visit, check_in_fix=FIX)
    assert ben.syncs().quarantined == 0
    street.everyone_syncs()
    assert (ben.sees("visit", visit)["check_in_fix"], ben.sees("visit", visit)["content"]) == (None, "谈成了")


def test_a_place_from_before_the_no_stays_whichever_comes_first(town):
    street, ana, ben, customer = town
    street.at(2)
    visit = ben.adds("visit", customer_id=customer, outcome="sold", content="x", check_in_fix=FIX)
    says(street, ana, customer, "refused", 4)
    ana.syncs()
    street.at(6)
    street.everyone_syncs()
    assert ana.sees("visit", visit)["check_in_fix"]["lat"] == 31.2304
    assert told(ben) == []


def test_before_anybody_was_asked_a_visit_keeps_its_place_and_a_customer_has_none(town):
    street, ana, ben, customer = town
    visit = ben.adds("visit", customer_id=customer, outcome="sold", content="x", check_in_fix=FIX)
    ben.store.keep(Edit("set", "customer", customer, dict(PLACE)), Edit("set", "customer", customer, {"remark": "高"}))
    street.everyone_syncs()
    assert ana.sees("visit", visit)["check_in_fix"] is not None
    assert (ana.sees("customer", customer)["lat"], ana.sees("customer", customer)["remark"]) == (None, "高")
    assert "121.4737" not in log_of(street, ana, "customer", customer)
    assert told(ben) == ["纬度没有保存：客户没有同意记录准确位置。其余内容都已送达"]


def test_a_customers_own_place_is_kept_from_their_yes_on(town):
    street, ana, ben, customer = town
    says(street, ana, customer, "given", 1)
    ana.sets("customer", customer, lat="31.2304", lng="121.4737")
    street.everyone_syncs()
    assert ben.sees("customer", customer)["lat"] == 31.2304
    says(street, ana, customer, "withdrawn", 3)
    ana.syncs()
    street.at(5)
    ben.store.keep(Edit("set", "customer", customer, {**PLACE, "lat": 30.5}))
    street.everyone_syncs()
    assert ben.sees("customer", customer)["lat"] == ana.sees("customer", customer)["lat"] == 31.2304
    ana.sets("customer", customer, lat=None, lng=None)
    street.everyone_syncs()
    assert ben.sees("customer", customer)["lat"] is None


def test_the_answer_to_a_change_that_is_sent_twice_is_the_same(town):
    _, _, ben, customer = town
    ben.store.keep(Edit("set", "customer", customer, dict(PLACE)))
    ben.wire.loses_answers = True
    with pytest.raises(Exception, match="unreachable"):
        ben.syncs()
    ben.wire.loses_answers = False
    ben.syncs()
    assert len(told(ben)) == 1


LIST = "姓名,手机,纬度,经度\n赵六,13700000001,31.23,121.47\n孙七,13700000002,,\n"


def test_nobody_of_a_list_was_asked_yet_so_coordinates_are_refused_on_phone_and_server_alike(town, tmp_path):
    street, ana, *_ = town
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    made = import_table(ana.store, tmp_path / "list.csv", Asked())
    there = gather(street.office.store, ana.me.team, LIST.encode(), AskedThere(), street.office.clock())
    here = {(cell.row, cell.column, cell.why.why) for cell in made.refusals}
    assert here == {(2, "纬度", "no_place_consent")}
    assert here <= {(cell.row, cell.column, cell.error.why) for cell in there.refused}
    assert (len(made.ids), len(there.fresh)) == (1, 1)


def a_door(phone, customer):
    door = phone.adds("household", community="花家地北里", room="501")
    phone.sets("customer", customer, household_id=door)
    return door


def test_a_door_keeps_its_place_only_after_a_yes_from_behind_it_and_against_no_ones_no(town):
    street, ana, ben, customer = town
    door = a_door(ana, customer)
    with pytest.raises(NotValid, match="no_place_consent"):
        ana.sets("household", door, lat="31.2304", lng="121.4737")
    says(street, ana, customer, "given", 1)
    ana.sets("household", door, lat="31.2304", lng="121.4737")
    street.everyone_syncs()
    assert ben.sees("household", door)["lat"] == 31.2304
    other = ana.adds("customer", name="李四", household_id=door)
    says(street, ana, other, "refused", 3)
    with pytest.raises(NotValid, match="no_place_consent"):
        ana.sets("household", door, lat="31.3", lng="121.4")


def test_a_doors_place_that_nobody_allowed_is_kept_nowhere_and_the_phone_is_told(town):
    street, ana, ben, customer = town
    door = a_door(ana, customer)
    street.everyone_syncs()
    ben.store.keep(Edit("set", "household", door, {k: v for k, v in PLACE.items() if k != "coord_sys"}))
    ben.store.keep(Edit("set", "household", door, {"door_status": "open"}))
    street.everyone_syncs()
    assert (ana.sees("household", door)["lat"], ana.sees("household", door)["door_status"]) == (None, "open")
    assert "121.4737" not in log_of(street, ana, "household", door)
    assert told(ben) == ["纬度没有保存：客户没有同意记录准确位置。其余内容都已送达"]


@pytest.mark.parametrize("knows", [True, False])
def test_a_visit_at_a_door_keeps_no_place_against_the_no_of_somebody_behind_it(town, knows):
    street, ana, ben, customer = town
    door = a_door(ana, customer)
    street.everyone_syncs()
    says(street, ana, customer, "refused", 2)
    ana.syncs()
    street.at(5)
    phone = ana if knows else ben
    visit = phone.adds("visit", household_id=door, outcome="not_home", check_in_fix=FIX)
    assert (phone.sees("visit", visit)["check_in_fix"] is None) is knows
    street.everyone_syncs()
    assert ana.sees("visit", visit)["check_in_fix"] is None


def test_an_overruled_place_is_not_restored_after_a_no(town):
    street, ana, ben, customer = town
    says(street, ana, customer, "given", 1)
    street.everyone_syncs()
    street.at(3)
    ana.sets("customer", customer, lat="31.2304", lng="121.4737")
    street.at(4)
    ben.sets("customer", customer, lat="31.3", lng="121.5")
    ana.syncs()
    street.everyone_syncs()
    ben.sets("customer", customer, lat=None, lng=None)
    says(street, ben, customer, "withdrawn", 6)
    street.everyone_syncs()
    conflict = next(one for one in conflicts.conflicts(ana.store) if one["field"] == "lat")
    with pytest.raises(NotValid, match="no_place_consent"):
        conflicts.restore_value(ana.store, str(conflict["id"]))
