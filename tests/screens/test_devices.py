"""团队设备: who was not here, taken out after a question, and what is said without a network."""

import json

import pytest

from field_app.actions import overseeing
from field_app.actions.bringing_in import Picked
from field_app.screens.devices import devices_screen
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from visit_core.overseeing import Devices, DeviceShown, People, PersonShown
from visit_core.stamp import instant


def a_device(name, last_sync_at, **more):
    told = {"device": name * 8, "team": "t", "person": name * 32, "name": name, "label": "", "state": "active"}
    times = {"enrolled_at": "2026-11-01T00:00:00.000Z", "last_sync_at": last_sync_at, "last_n": 1, "safe_n": 0}
    return DeviceShown.model_validate({**told, **times, **more})


@pytest.fixture
def server():
    return FakeServer(FakeClock())


@pytest.fixture
def opened(window, tmp_path, server):
    def open_page(role, *, is_off=False):
        phone = a_phone(tmp_path / role, server, role, role)
        do = Doing(phone.store, server=server)
        now = instant(phone.store.now_ms())
        told = [
            a_device(phone.store.me.device, now),
            a_device("a", now),
            a_device("b", "2026-01-01T00:00:00.000Z"),
            a_device("c", None, state="revoked"),
        ]
        server.told["/v1/devices"] = Devices(devices=told)
        server.is_off = is_off
        return window(devices_screen, overseeing.load(phone.store, ""), do, Look()), do

    return open_page


def test_who_has_not_synced_since_yesterday_is_marked(opened):
    page, _ = opened("supervisor")
    assert page.sees("超过一天未同步")
    assert page.sees("已停用")
    assert page.sees("从未同步")
    assert page.texts().count("本机") == 1
    assert not page.sees("最近可用备份")


def test_a_device_is_taken_out_after_a_question(opened, server):
    page, _ = opened("supervisor")
    server.told["/v1/devices/bbbbbbbb/revoke"] = {"device": "bbbbbbbb"}
    page.tap("停用b的这台设备")
    assert server.heard == []
    page.tap("停用")
    assert [path for path, _ in server.heard] == ["/v1/devices/bbbbbbbb/revoke"]


def test_an_admin_sees_how_old_the_last_good_backup_is(opened, server):
    server.told["/v1/server"] = {
        "version": "9.9", "counts": {}, "last_backup_at": None, "backup_age_hours": None, "backup_failed": "disk",
    }  # fmt: skip
    page, _ = opened("admin")
    assert page.sees("9.9")
    assert page.sees("还没有备份")
    assert page.sees("上次备份没有成功")


def test_an_admin_sees_that_the_store_had_fallen_back(opened, server):
    server.told["/v1/server"] = {
        "version": "9.9", "counts": {}, "last_backup_at": None, "backup_age_hours": None, "backup_failed": None,
        "fell_back_at": "2026-11-20T08:00:00.000Z",
    }  # fmt: skip
    page, _ = opened("admin")
    assert page.sees("曾退回旧数据")
    assert page.sees("各手机会把自己的记录补回来")


def test_a_leavers_records_are_counted_and_go_over_after_a_question(opened, server):
    counts = {"customer": 12, "followup": 3, "visit": 0}
    server.told[f"/v1/people/{'c' * 32}/in_hand"] = {"records": counts}
    server.told[f"/v1/people/{'c' * 32}/reassign"] = {"records": counts}
    page, do = opened("supervisor")
    page.tap("交接一位同事的记录")
    page.tap("c")
    assert "看看有多少" not in page.names()
    page.tap("b")
    page.tap("看看有多少")
    for said in ("把c手上的记录交给b？", "客户 12 条", "3 条"):
        assert page.sees(said)
    assert not page.sees(" 0 条")
    assert server.heard == []
    page.tap("交接")
    ((path, said),) = server.heard
    assert (path, said.to) == (f"/v1/people/{'c' * 32}/reassign", "b" * 32)
    assert do.said == ["已把 15 条记录交给b"]


def test_who_has_no_device_yet_takes_over_and_who_has_left_or_sits_at_a_desk_does_not(opened, server):
    people = [a_person("c"), a_person("d"), a_person("e", is_active=False), a_person("f", role="admin")]
    server.told["/v1/people"] = People(people=[*people, a_person("g", team="another")])
    page, _ = opened("supervisor")
    page.tap("交接一位同事的记录")
    assert {"c", "d", "e", "f", "g"} <= set(page.names())
    page.tap("c")
    assert "d" in page.names()
    assert not {"e", "f", "g"} & set(page.names())


def a_person(name, **more):
    told = {"person": name * 32, "team": "t", "name": name, "role": "rep", "is_active": True}
    return PersonShown.model_validate({**told, **more})


def test_who_has_nothing_in_hand_is_not_handed_over(opened, server):
    server.told[f"/v1/people/{'a' * 32}/in_hand"] = {"records": {"customer": 0, "followup": 0, "visit": 0}}
    page, _ = opened("supervisor")
    page.tap("交接一位同事的记录")
    page.tap("a")
    page.tap("b")
    page.tap("看看有多少")
    assert page.sees("a手上没有未完成的记录")
    assert "交接" not in page.names()


def test_a_rescue_file_is_picked_and_what_came_of_it_is_told(opened, server):
    server.told["/v1/rescues"] = {"device": "b" * 8, "taken": 41, "known": 7, "missing": 3, "photos": 5}
    page, do = opened("supervisor")
    page.tap("收下救援文件")
    assert server.heard == []
    piece = {"format": "field-visits-rescue", "version": 1, "device": "b" * 8, "sealed": "AAAA"}
    do.outside.to_pick = Picked("handed-in", json.dumps(piece).encode())
    page.tap("收下救援文件")
    assert [path for path, _ in server.heard] == ["/v1/rescues"]
    for said in ("b的救援文件已收下", "41", "7", "缺少更早的改动，未收下", "请保留文件", "新收下的照片"):
        assert page.sees(said)
    assert not page.sees("被退回")
    assert not page.sees("照片不完整")


def test_another_file_than_a_rescue_file_is_refused_and_nothing_is_sent(opened, server):
    page, do = opened("supervisor")
    do.outside.to_pick = Picked("handed-in", b"PK")
    page.tap("收下救援文件")
    assert server.heard == []
    assert not page.sees("已收下")


def test_without_a_network_it_says_so_and_can_be_asked_again(opened, server):
    page, _ = opened("supervisor", is_off=True)
    assert page.sees("再试一次")
    server.is_off = False
    page.tap("再试一次")
    assert page.sees("超过一天未同步")
