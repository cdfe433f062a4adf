"""Does a supervisor see who may be one, side by side, and is merging and parting them a tap each?"""

import pytest

from field_app.actions import customer_page, duplicates, mine, records
from field_app.actions.merging import merge
from field_app.places import Place
from field_app.screens.customer import customer_screen
from field_app.screens.duplicates import duplicates_screen
from field_app.screens.look import Look
from field_app.screens.merging import merging_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.evening import Redrawing, live
from visit_core.protocol import FieldStep

DOOR = "文三路8号2-1-303"


@pytest.fixture
def sue(tmp_path):
    return a_phone(tmp_path / "sue", FakeServer(FakeClock()), "苏", role="supervisor")


@pytest.fixture
def two(sue):
    one = sue.records("韩梅", address_detail=DOOR, mobile="13911110001", remark="有狗")
    sue.server.clock.passes(60_000)
    other = sue.records("韩梅梅", address_detail=DOOR, mobile="13911110001", remark="狗已搬走", email="h@m.cn")
    return one, other


def said_of(phone, customer):
    return phone.store.view("customer", customer).fields


def test_a_pair_waits_in_the_list_and_opens_side_by_side(window, sue, two):
    do = Redrawing(sue.store, server=sue.server)
    page = window(live, duplicates.load, duplicates_screen, "", do, Look())
    page.tap("韩梅 / 韩梅梅")
    assert do.went == [Place("merge", ".".join(two))]
    assert mine.load(sue.store, "").duplicates == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_value_that_was_tapped_stands_after_the_merge(window, sue, two, lang):
    do, look = Redrawing(sue.store, server=sue.server), Look(lang=lang)
    page = window(live, duplicates.load_pair, merging_screen, ".".join(two), do, look)
    page.tap(f"{look.says('merging.of_first')} 有狗")
    page.tap(look.says("merging.go"))
    assert said_of(sue, two[1])["remark"] == "有狗"
    assert said_of(sue, two[0])["email"] == "h@m.cn"
    assert page.sees(look.says("merging.gone"))


def test_the_server_says_which_value_was_set_later(window, sue, two):
    sue.syncs()
    by = sue.store.me.person
    for customer, day in zip(two, ("2026-11-20", "2026-11-19"), strict=True):
        told = {"name": "remark", "value": "x", "by": by, "device": "b" * 8, "at": f"{day}T01:00:00.000Z"}
        sue.server.pasts["customer", customer] = [FieldStep.model_validate(told)]
    do = Redrawing(sue.store, server=sue.server)
    page = window(live, duplicates.load_pair, merging_screen, ".".join(two), do, Look())
    page.tap("合并")
    assert said_of(sue, two[0])["remark"] == "有狗"
    assert said_of(sue, two[0])["name"] == "韩梅梅"


def test_who_is_not_the_same_is_shown_no_more(window, sue, two):
    do = Redrawing(sue.store, server=sue.server)
    page = window(live, duplicates.load_pair, merging_screen, ".".join(two), do, Look())
    page.tap("不是同一位")
    listed = window(live, duplicates.load, duplicates_screen, "", do, Look())
    assert listed.sees("没有疑似重复的客户")
    assert listed.sees("不是同一位")


def test_a_merge_is_undone_from_the_list(window, sue, two):
    merge(sue.store, *two)
    page = window(live, duplicates.load, duplicates_screen, "", Redrawing(sue.store, server=sue.server), Look())
    page.tap("撤销")
    assert {view.id for view in sue.store.find("customer")} == set(two)
    assert page.sees("已撤销")


def test_what_came_late_is_taken_over_with_a_tap(window, tmp_path, sue, two):
    ana = a_phone(tmp_path / "ana", sue.server, "安娜")
    sue.syncs()
    ana.syncs()
    merge(sue.store, *two)
    sue.syncs()
    records.change(ana.store, "customer", two[1], {"wechat_id": "hanmei_1", "occupation": "教师"})
    ana.syncs()
    sue.syncs()
    page = window(live, customer_page.load, customer_screen, two[0], Redrawing(sue.store, server=sue.server), Look())
    assert page.sees("并入的客户后来有改动")
    page.tap("采用")
    assert said_of(sue, two[0])["wechat_id"] == "hanmei_1"
    page.tap("不采用")
    assert not page.sees("并入的客户后来有改动")
    assert said_of(sue, two[0]).get("occupation") is None


def test_a_rep_has_no_such_list_and_can_take_over_but_not_set_aside(tmp_path):
    ana = a_phone(tmp_path / "ana", FakeServer(FakeClock()), "安娜")
    customer = ana.records("韩梅")
    assert mine.load(ana.store, "").duplicates is None
    assert customer_page.load(ana.store, customer).may_set_aside is False
