"""Does a device tell what stood in a field before, by itself and with what the server says?"""

import asyncio

import pytest

from field_app.actions import records
from field_app.actions.pasts import FieldOf, known_here, told_by_server
from field_app.earlier import MOST, Earlier, remembered
from tests.app.fakes import FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.change import Registers
from visit_core.errors import NotFound


@pytest.fixture
def ana(tmp_path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ana", server, "安娜")


@pytest.fixture
def bo(tmp_path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "bo", server, "老博")


@pytest.fixture
def server(clock) -> FakeServer:
    return FakeServer(clock)


def here(phone: Phone, customer: str, field: str):
    return known_here(phone.store, FieldOf("customer", customer, field))


def whole(phone: Phone, customer: str, field: str):
    answer = asyncio.run(phone.server.past("customer", customer, field))
    return told_by_server(phone.store, FieldOf("customer", customer, field), answer)


def test_own_changes_are_told_the_latest_first_and_what_is_unsent_is_marked(ana, clock):
    customer = ana.records("王芳", remark="狗很凶")
    ana.syncs()
    clock.passes(60_000)
    ana.sets(customer, remark="狗已搬走")
    told = here(ana, customer, "remark")
    assert [(s.value, s.state, s.is_mine, s.is_this_device) for s in told.steps] == [
        ("狗已搬走", "waiting", True, True),
        ("狗很凶", "", True, True),
    ]
    assert told.is_whole is False


def test_what_a_sync_replaced_is_still_known_offline_but_not_whose_it_was(ana, bo):
    customer = bo.records("王芳", remark="狗很凶")
    bo.syncs()
    ana.syncs()
    bo.sets(customer, remark="狗已搬走")
    bo.syncs()
    ana.syncs()
    (step,) = here(ana, customer, "remark").steps
    assert (step.value, step.state, step.by) == ("狗很凶", "before", "")


def test_a_field_that_nobody_changed_here_has_no_steps_and_the_record_tells_who_made_it(ana, bo, server):
    customer = bo.records("王芳", remark="狗很凶")
    bo.syncs()
    maker = server.guests[bo.store.me.device].person
    server.puts("customer", customer, {"created_by": maker, "created_at": "2026-11-20T01:00:00.000Z"}, ["team:north"])
    ana.syncs()
    told = here(ana, customer, "remark")
    assert told.steps == ()
    assert told.created == ("老博", "2026-11-20T01:00:00.000Z")


def test_both_values_of_a_conflict_are_part_of_the_past(ana, server):
    customer = ana.records("王芳", remark="狗很凶")
    ana.syncs()
    server.overrules("customer", customer, "remark", loser=ana.store.me.device, stands="没有狗", lost="狗在阳台")
    ana.syncs()
    told = {s.value: s.state for s in here(ana, customer, "remark").steps}
    assert told["狗在阳台"] == "overruled"
    assert "没有狗" in told


def test_the_server_tells_everybodys_values_and_what_is_unsent_stands_on_top(ana, bo, clock):
    customer = bo.records("王芳", remark="狗很凶")
    bo.syncs()
    ana.syncs()
    clock.passes(60_000)
    bo.sets(customer, remark="狗已搬走")
    bo.syncs()
    clock.passes(60_000)
    ana.sets(customer, remark="又养了一只")
    told = whole(ana, customer, "remark")
    assert [(s.value, s.by, s.state) for s in told.steps] == [
        ("又养了一只", "安娜", "waiting"),
        ("狗已搬走", "老博", ""),
        ("狗很凶", "老博", ""),
    ]
    assert told.is_whole is True


def test_a_change_the_server_has_is_not_told_twice(ana):
    customer = ana.records("王芳", remark="狗很凶")
    ana.syncs()
    assert [s.value for s in whole(ana, customer, "remark").steps] == ["狗很凶"]


def test_a_field_that_does_not_exist_has_no_past(ana):
    with pytest.raises(NotFound):
        here(ana, ana.records("王芳"), "shoe_size")


def test_a_record_that_leaves_the_device_takes_what_stood_in_it_along(ana, bo, server):
    customer = bo.records("王芳", remark="狗很凶")
    bo.syncs()
    ana.syncs()
    bo.sets(customer, remark="狗已搬走")
    bo.syncs()
    ana.syncs()
    assert ana.store.before("customer", customer)
    server.removes("team:north", "customer", customer)
    ana.syncs()
    assert ana.store.before("customer", customer) == {}


def test_reading_everything_again_keeps_what_stood_before(ana, bo, server):
    customer = bo.records("王芳", remark="狗很凶")
    bo.syncs()
    ana.syncs()
    bo.sets(customer, remark="狗已搬走")
    bo.syncs()
    ana.syncs()
    ana.store.begin_after_salvage()
    ana.syncs()
    assert [each.value for each in ana.store.before("customer", customer).values()] == ["狗很凶"]


def test_of_one_record_only_the_values_that_changed_last_are_remembered():
    held: Registers = {f"tags.t{n:03}": 1 for n in range(MOST + 20)}
    known = remembered({}, held, {"updated_at": "2026-11-21T02:00:00.000Z"})
    assert len(known) == MOST
    again = remembered(known, {"remark": "a"}, {"remark": "b"})
    assert (len(again), again["remark"]) == (MOST, Earlier(value="a"))


def test_a_list_has_its_steps_member_by_member(ana):
    customer = ana.records("王芳")
    records.change(ana.store, "customer", customer, {"tags": ["老客户"]})
    records.change(ana.store, "customer", customer, {"tags": []})
    assert [(s.name, s.value) for s in here(ana, customer, "tags").steps] == [("tags.老客户", None), ("tags.老客户", 1)]
