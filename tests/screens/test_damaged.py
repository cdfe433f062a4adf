"""A damaged or older store is told of in plain words, with the one button that helps, and what came of it."""

import shutil

import pytest

from field_app.places import CUSTOMERS
from field_app.vault import cache, frame_texts
from tests.screens.house import enter


def store_of(house):
    return house.settings.home / "store"


def flips(house, at):
    """One bit of the log tips over."""
    path = store_of(house) / "data.log"
    blob = bytearray(path.read_bytes())
    blob[at(blob)] ^= 1
    path.write_bytes(bytes(blob))


def in_the_middle(blob):
    return len(blob) // 2


@pytest.fixture
def damaged(house):
    """Ana's locked window over a store of which one save cannot be read any more."""
    house.belongs_to_ana()
    house.run("sync")
    for n in range(6):
        house.run("add", "customer", f"name=客户{n}")
    house.run("sync")
    flips(house, in_the_middle)
    window = house.window()
    enter(window)
    return window


def test_a_damaged_store_is_not_opened_and_says_what_is_safe(house, damaged):
    assert damaged.sees("本机存储已损坏")
    assert damaged.sees("已同步的记录在服务器上是安全的")
    assert not house.device.is_open


def test_salvage_opens_the_app_and_tells_what_could_not_be_read_until_that_is_read(house, damaged):
    damaged.tap("抢救")
    assert damaged.sees("今日")
    assert damaged.sees("已抢救，可以继续")
    assert damaged.sees("次保存读不出来")
    damaged.tap("知道了")
    assert not damaged.sees("次保存读不出来")


def test_one_may_go_back_to_the_pin_and_nothing_was_touched(house, damaged):
    before = (store_of(house) / "data.log").read_bytes()
    damaged.tap("返回解锁")
    assert damaged.sees("没有网络也可以解锁")
    assert (store_of(house) / "data.log").read_bytes() == before


def test_where_nothing_can_be_read_it_says_so_and_touches_nothing(house, damaged):
    path = store_of(house) / "data.log"
    path.write_bytes(bytes(len(path.read_bytes())))
    for each in store_of(house).glob("*head*"):
        each.unlink()
    damaged.tap("抢救")
    assert damaged.sees("没有读出任何内容，什么也没有改动")


def hurts(house):
    """Many places of the log tip over, all of them under what the index spares reading."""
    for part in range(1, 20):
        flips(house, lambda blob, part=part: len(blob) * part // 20)


@pytest.fixture
def busy(house):
    """Ana has worked all day, and everything is in the index."""
    house.belongs_to_ana()
    house.works_all_day()
    house.run("sync")
    house.run("compact")
    return house


@pytest.fixture
def hurt(busy, monkeypatch):
    """She is in before anybody knows of the damage, and meets it; nothing that was read is remembered."""
    monkeypatch.setattr(cache.KnownRows, "get", lambda *_: None)
    monkeypatch.setattr(frame_texts, "MAX_BYTES", 0)
    window = busy.window()
    enter(window)
    assert window.sees("今日")
    hurts(busy)
    busy.run_here(busy.apps[-1].home(CUSTOMERS))
    return window


def test_damage_that_is_met_inside_stays_told_with_its_way_out(house, hurt):
    assert hurt.sees("本机有内容读不出来")
    house.run_here(house.apps[-1].redraw())
    assert hurt.sees("本机有内容读不出来")
    hurt.tap("抢救")
    assert not house.device.is_open
    enter(hurt)
    assert hurt.sees("本机存储已损坏")
    hurt.tap("抢救")
    assert hurt.sees("已抢救，可以继续")
    hurt.tap("知道了")
    house.run_here(house.apps[-1].home(CUSTOMERS))
    assert not hurt.sees("本机有内容读不出来")


def test_a_store_is_locked_like_any_other_when_damage_was_met(house, hurt):
    hurt.tap("抢救")
    hurt.type("PIN", "777123")
    hurt.tap("解锁")
    assert not hurt.sees("本机存储已损坏")


def test_damage_to_what_is_shown_first_is_told_before_one_is_in(busy):
    hurts(busy)
    window = busy.window()
    enter(window)
    assert window.sees("本机存储已损坏")
    assert not busy.device.is_open
    window.tap("抢救")
    assert window.sees("已抢救，可以继续")


def test_a_salvage_does_not_wait_for_somebody_in_another_window(house, hurt):
    house.device.entered("another window")
    hurt.tap("抢救")
    assert house.device.is_open
    enter(hurt)
    hurt.tap("抢救")
    assert hurt.sees("已抢救，可以继续")


def test_an_older_store_goes_on_with_what_is_there(house, tmp_path):
    house.belongs_to_ana()
    shutil.copytree(store_of(house), tmp_path / "aside")
    house.run("add", "customer", "name=后来的")
    shutil.rmtree(store_of(house))
    shutil.copytree(tmp_path / "aside", store_of(house))
    window = house.window()
    enter(window)
    assert window.sees("本机存储比应有的旧")
    window.tap("抢救")
    assert window.sees("本机现有 0 条已同步的记录、1 处未同步的修改")
    assert not window.sees("读不出来")
