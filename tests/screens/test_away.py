"""T50 in the window: a device that stayed away shows nobody until it has synced, and what waits can be saved."""

import io

import pytest

from tests.screens.house import enter
from visit_core.errors import DeviceRevoked
from visit_core.rescues import pieces_in

DAY = 86_400_000


@pytest.fixture
def away(house):
    """Ana's window after the PIN, fifteen days since her device met the server, which cannot be reached."""
    house.belongs_to_ana()
    house.run("sync")
    house.run("add", "customer", "name=李四光")
    house.clock.passes(15 * DAY)
    house.server.is_off = True
    window = house.window()
    enter(window)
    return window


def test_t50_nobody_is_shown_and_the_way_on_is_said(away):
    assert away.sees("本机资料已锁定")
    assert away.sees("还有 1 条改动未同步")
    assert not away.sees("张三")
    assert not away.sees("今日")


def test_t50_a_sync_opens_the_app_by_itself(house, away):
    away.tap("立即同步")
    assert away.sees("没有同步成功")
    house.server.is_off = False
    away.tap("立即同步")
    assert away.sees("今日")
    assert not away.sees("本机资料已锁定")
    assert {fields["name"] for (kind, _), fields in house.server.records.items() if kind == "customer"} == {
        "张三",
        "李四光",
    }


def test_t50_a_revoked_device_gives_its_unsent_work_into_a_file(house, away, monkeypatch):
    house.server.is_off, house.server.raises = False, DeviceRevoked(device="x")
    away.tap("立即同步")
    assert away.sees("没有同步成功")
    saved = {}

    async def save_file(name, content):
        saved[name] = content
        return True

    monkeypatch.setattr(house.apps[-1].outside, "save_file", save_file)
    away.tap("保存救援文件")
    ((name, content),) = saved.items()
    assert all(pieces_in(io.BytesIO(content)))
    assert away.sees(name)
    assert away.sees("本机资料已锁定")


def test_t50_a_window_that_stays_open_over_the_last_day_is_locked_when_it_is_drawn_anew(house):
    house.belongs_to_ana()
    house.run("sync")
    window = house.window()
    enter(window)
    house.server.is_off = True
    house.clock.passes(15 * DAY)
    house.run_here(house.apps[-1].redraw())
    assert window.sees("本机资料已锁定")


def test_an_idle_window_that_is_locked_out_asks_for_the_pin_again(house, away):
    house.clock.passes(16 * 60_000)
    house.run_here(house.apps[-1].lock_if_idle())
    assert away.sees("解锁")
